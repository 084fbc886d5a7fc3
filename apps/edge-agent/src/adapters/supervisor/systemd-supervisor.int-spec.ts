import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { readableLog } from '../../testing/log-lines';
import { NotifySocket } from '../../testing/notify-socket';
import { temporaryDirectories } from '../../testing/temp-directory';
import { until } from '../../testing/until';
import { SystemdSupervisor } from './systemd-supervisor';

const newDirectory = temporaryDirectories();

/** A PATH with one program on it. */
function pathWith(program: string, searchPath: string): string {
  const folder = join(newDirectory(), 'bin');
  mkdirSync(folder);
  const found = searchPath.split(':').find((each) => existsSync(join(each, program)));
  symlinkSync(join(found!, program), join(folder, program));
  return folder;
}

describe('systemd', () => {
  let socket: NotifySocket;
  beforeEach(async () => {
    socket = new NotifySocket(newDirectory());
    await socket.listens();
  });
  afterEach(() => socket.close());

  it.each(['perl', 'systemd-notify'])('is told every word, by %s alone', async (program) => {
    const { log, lines } = readableLog();
    const searchPath = pathWith(program, socket.searchPath);
    const config = { socket: socket.path, patienceMs: 1000 };
    const supervisor = new SystemdSupervisor({ config, searchPath, log });
    supervisor.tell('ready');
    await until(() => socket.count('READY=1') === 1);
    supervisor.tell('alive');
    supervisor.tell('alive');
    await until(() => socket.count('WATCHDOG=1') === 2);
    supervisor.tell('stopping');
    await until(() => socket.count('STOPPING=1') === 1);
    expect(lines).toEqual([]);
  });

  it('that cannot be told is told of once, not at every word', async () => {
    const { log, lines } = readableLog();
    const config = { socket: '/nonexistent/notify', patienceMs: 1000 };
    const supervisor = new SystemdSupervisor({
      config,
      searchPath: pathWith('perl', process.env.PATH!),
      log,
    });
    supervisor.tell('alive');
    await until(() => lines.length > 0);
    supervisor.tell('alive');
    supervisor.tell('stopping');
    expect(lines).toMatchObject([{ word: 'alive', reason: expect.stringContaining('send: ') }]);
  });
});
