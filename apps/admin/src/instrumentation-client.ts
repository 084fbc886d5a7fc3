import { config } from 'zod';

// The pages' security policy forbids code made from strings, which schemas would otherwise try to parse with. This
// runs before any schema is made.
config({ jitless: true });
