import { createServer, type AddressInfo } from 'node:net';
import { gpioConfigSchema, mqttConfigSchema } from '../adapters/door/hardware-config';
import { GpioTools } from '../testing/gpio-tools';
import { temporaryDirectories } from '../testing/temp-directory';
import { lockCheck } from './lock-check';

const newDirectory = temporaryDirectories();

describe('lockCheck', () => {
  it('warns of a lock that is simulated', async () => {
    expect(await lockCheck({ kind: 'simulated' }, '').run()).toMatchObject({ state: 'warn' });
  });

  it('knows the tools that are installed, and says what to install where they are not', async () => {
    const tools = new GpioTools(newDirectory(), 2);
    const door = gpioConfigSchema.parse({ kind: 'gpio', chip: 'gpiochip0', relay: { line: 17 } });
    const check = lockCheck(door, tools.searchPath);
    expect(await check.run()).toEqual({ state: 'ok', found: 'gpiochip0, libgpiod 2' });
    tools.remove();
    expect(await check.run()).toMatchObject({ state: 'fail', advice: expect.stringContaining('gpiod') });
  });

  it('tries the address of a lock that is elsewhere, and moves nothing', async () => {
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const door = mqttConfigSchema.parse({
      ...{ kind: 'mqtt', url: `mqtt://127.0.0.1:${port}`, relay: { topic: 'gate' } },
    });
    expect(await lockCheck(door, '').run()).toEqual({ state: 'ok', found: `127.0.0.1:${port} answers` });
    await new Promise((resolve) => server.close(resolve));
    expect(await lockCheck(door, '').run()).toMatchObject({
      ...{ state: 'fail', advice: expect.stringContaining('MUNJIGI_DOOR_FILE') },
    });
  });
});
