import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { PasskeyChallenge } from '../../platform/auth/passkey.entities';
import { newId } from '../../platform/database/uuid';
import { AppError } from '../../platform/errors/app-error';

/** How long a device may take to sign. */
const LIFETIME_MS = 5 * 60_000;

/** What devices were asked to sign: kept where every server sees it, each good for one answer. */
@Injectable()
export class PasskeyChallenges {
  constructor(private readonly dataSource: DataSource) {}

  /** @param administratorId who registers a key; null when somebody signs in @returns its id */
  async keep(challenge: string, administratorId: string | null): Promise<string> {
    const id = newId();
    await this.dataSource.query('DELETE FROM passkey_challenge WHERE expires_at <= now()');
    const expiresAt = new Date(Date.now() + LIFETIME_MS);
    await this.dataSource
      .getRepository(PasskeyChallenge)
      .insert({ id, challenge, administratorId, expiresAt });
    return id;
  }

  /** Uses a challenge up. @throws {AppError} `passkeys/challenge-invalid` when there is none for them any more */
  async take(id: string, administratorId: string | null): Promise<string> {
    const [rows] = await this.dataSource.query<[{ challenge: string }[], number]>(
      `DELETE FROM passkey_challenge
       WHERE id = $1 AND administrator_id IS NOT DISTINCT FROM $2 AND expires_at > now() RETURNING challenge`,
      [id, administratorId],
    );
    const [row] = rows;
    if (row) return row.challenge;
    throw new AppError(
      'unprocessable',
      'passkeys/challenge-invalid',
      'This took too long, or was used already.',
      {
        detail: 'Begin again.',
      },
    );
  }
}
