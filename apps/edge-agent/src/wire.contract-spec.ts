import { goldenMessages } from '@munjigi/contracts/testing';

describe('the wire as this end reads it', () => {
  it.each(goldenMessages().map((golden) => [golden.name, golden] as const))(
    'takes %s',
    (_, { schema, message }) => {
      expect(schema.safeParse(message).error?.issues ?? []).toEqual([]);
    },
  );
});
