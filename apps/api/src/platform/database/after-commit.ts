import {
  EventSubscriber,
  type EntityManager,
  type EntitySubscriberInterface,
  type TransactionCommitEvent,
  type TransactionRollbackEvent,
} from 'typeorm';

type Callback = () => void;

/** What this module keeps on a query runner between a change and its commit. */
interface RunnerData {
  afterCommit?: Callback[];
}

/**
 * Runs `callback` once the caller's transaction has committed, and never when it rolls back. Outside a transaction it
 * runs at once, since every statement has then committed already.
 */
export function afterCommit(manager: EntityManager, callback: Callback): void {
  const runner = manager.queryRunner;
  if (!runner?.isTransactionActive) {
    callback();
    return;
  }
  const data = runner.data as RunnerData;
  (data.afterCommit ??= []).push(callback);
}

/** Makes {@link afterCommit} happen: the data source must have it among its subscribers. */
@EventSubscriber()
export class AfterCommitSubscriber implements EntitySubscriberInterface {
  afterTransactionCommit(event: TransactionCommitEvent): void {
    // A released savepoint is no commit yet.
    if (event.queryRunner.isTransactionActive) return;
    const data = event.queryRunner.data as RunnerData;
    const callbacks = data.afterCommit ?? [];
    data.afterCommit = [];
    for (const callback of callbacks) callback();
  }

  afterTransactionRollback(event: TransactionRollbackEvent): void {
    if (event.queryRunner.isTransactionActive) return;
    (event.queryRunner.data as RunnerData).afterCommit = [];
  }
}
