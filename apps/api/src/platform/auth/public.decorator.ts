import { SetMetadata } from '@nestjs/common';

/** Metadata key of {@link Public}. */
export const PUBLIC = 'munjigi:public';

/** Lets everybody call a route, signed in or not. Every route without it needs a session. */
export const Public = () => SetMetadata(PUBLIC, true);
