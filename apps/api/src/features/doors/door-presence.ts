import { Injectable } from '@nestjs/common';
import { LiveBus } from '../../platform/realtime/live-bus';

/** Which doors' agents are connected now. */
@Injectable()
export class DoorPresence {
  private readonly online = new Set<string>();

  constructor(private readonly bus: LiveBus) {}

  isOnline(doorId: string): boolean {
    return this.online.has(doorId);
  }

  /** Notes that a door came or went, and lets consoles know. */
  set(doorId: string, online: boolean): void {
    if (this.online.has(doorId) === online) return;
    if (online) this.online.add(doorId);
    else this.online.delete(doorId);
    this.bus.send('door', { doorId });
  }
}
