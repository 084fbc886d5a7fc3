import type { Logger } from 'pino';
import type { DoorHardware } from '../../ports/door-hardware';
import { GpioDoor } from './gpio/gpio-door';
import type { DoorHardwareConfig } from './hardware-config';
import { HttpRelayDoor } from './http-relay-door';
import { MqttDoor } from './mqtt-door';
import { SimulatedDoor } from './simulated-door';

/** The door that the configuration names. Starts nothing. @throws when a file that it names cannot be read */
export function openDoor(
  config: DoorHardwareConfig,
  { log, searchPath }: { log: Logger; searchPath: string },
): DoorHardware {
  switch (config.kind) {
    case 'simulated':
      return new SimulatedDoor({ log });
    case 'gpio':
      return new GpioDoor({ config, log, searchPath });
    case 'http':
      return new HttpRelayDoor({ config, log });
    case 'mqtt':
      return new MqttDoor({ config, log });
  }
}
