/** Whether the console runs under `next dev`, whose tooling evaluates strings as code. */
export const isDevelopment = process.env.NODE_ENV === 'development';

/** Whether this is what people use: the console as it was built. */
export const isProduction = process.env.NODE_ENV === 'production';
