// The pages' security policy forbids code made from strings, which zod's schemas would otherwise try to parse with. Set
// where zod looks for it, and not by zod itself, whose code few pages need: this is before any schema is made.
(globalThis as { __zod_globalConfig?: object }).__zod_globalConfig = { jitless: true };
