/** Whether the console runs under `next dev`, whose tooling evaluates strings as code. */
export const isDevelopment = process.env.NODE_ENV === 'development';
