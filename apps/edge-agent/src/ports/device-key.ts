/** Where the key that this device's templates are encrypted with is kept: a file, a TPM, a secure element. */
export interface DeviceKeyKeeper {
  /**
   * Gives the key, the same each time, and makes one where there is none; it leaves this device in no way.
   *
   * @returns 32 random bytes
   * @throws {AgentError} `store/device-key-invalid`, `store/device-key-unreadable`
   */
  deviceKey(): Buffer;
}
