import { tellDoorRequestSchema } from '@munjigi/contracts';
import { TOLD_KINDS, tellRequest } from './commands-api';

describe('tellRequest', () => {
  it.each(TOLD_KINDS)('is what the server reads as it stands, for %s', (kind) => {
    const told = tellRequest(kind, 'a reason');
    expect(tellDoorRequestSchema.parse(told)).toEqual(told);
  });
});
