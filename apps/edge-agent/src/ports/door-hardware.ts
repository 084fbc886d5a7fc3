/** The wires of one door: its lock's relay. */
export interface DoorHardware {
  /**
   * Energises (unlocks) or releases (locks) the relay.
   *
   * @returns once the relay has moved; rejects when it could not be moved.
   */
  setRelay(position: 'energised' | 'released'): Promise<void>;
  /** Releases the relay for good and frees what the adapter holds. */
  close(): Promise<void>;
}
