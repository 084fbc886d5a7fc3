import { NotifySocket } from './testing/notify-socket';
import { runProgram, type RunningProgram } from './testing/run-program';
import { temporaryDirectories } from './testing/temp-directory';
import { until } from './testing/until';

const newDirectory = temporaryDirectories();

describe('the agent under a supervisor', () => {
  let socket: NotifySocket;
  let program: RunningProgram;
  beforeEach(async () => {
    socket = new NotifySocket(newDirectory());
    await socket.listens();
    program = runProgram('testing/stalling-agent.ts', {
      env: {
        ...{ PATH: socket.searchPath, NOTIFY_SOCKET: socket.path, WATCHDOG_USEC: '400000' },
        ...{ MUNJIGI_SERVER_URL: 'http://127.0.0.1:9', MUNJIGI_AGENT_TOKEN: 't' },
        MUNJIGI_DATA: newDirectory(),
      },
    });
  });
  afterEach(async () => {
    await program.kill();
    socket.close();
  });

  it('says that it lives for as long as frames go through, and nothing while its engine hangs', async () => {
    const said = (msg: string): number => program.lines.filter((line) => line.msg === msg).length;
    const framesShown = async (tens: number): Promise<void> => {
      const before = said('shown');
      await until(() => said('shown') >= before + tens, { timeoutMs: 20_000, what: program.stderr() });
    };
    await until(() => socket.count('WATCHDOG=1') >= 3, { timeoutMs: 30_000, what: program.stderr() });
    expect(socket.count('READY=1')).toBeGreaterThan(0);
    program.child.kill('SIGUSR2');
    await until(() => said('engine hangs') === 1);
    // What was on its way arrives; then frames go on coming, and the event loop turns, for many times its interval.
    await framesShown(10);
    const before = socket.count('WATCHDOG=1');
    await framesShown(20);
    expect(socket.count('WATCHDOG=1')).toBe(before);
    program.child.kill('SIGUSR2');
    await until(() => socket.count('WATCHDOG=1') > before);
    expect(await program.kill('SIGTERM')).toBe(0);
    expect(socket.count('STOPPING=1')).toBe(1);
  }, 60_000);
});
