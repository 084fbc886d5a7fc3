import { processorsOf } from './pin-thread';

describe('processorsOf', () => {
  it.each([
    ['0-1', [0, 1]],
    ['3', [3]],
    ['0,2-4,7', [0, 2, 3, 4, 7]],
  ])('reads %s', (list, wanted) => {
    expect(
      processorsOf(`Name:\tnode\nCpus_allowed:\tf\nCpus_allowed_list:\t${list}\nMems_allowed:\t1\n`),
    ).toEqual(wanted);
  });

  it('finds none where the status says nothing', () => {
    expect(processorsOf('Name:\tnode\n')).toEqual([]);
  });
});
