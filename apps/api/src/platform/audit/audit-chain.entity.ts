import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** The chain that the account's entries are linked in; one row, whose lock makes their order. */
@Entity({ name: 'audit_chain' })
@Check('audit_chain_single', '"id" = 1')
export class StoredAuditChain {
  @PrimaryColumn({ type: 'smallint', primaryKeyConstraintName: 'audit_chain_pk' })
  id: number;

  /** Names this chain among those of all deployments. */
  @Column({ type: 'uuid', name: 'chain_id' })
  chainId: string;
}
