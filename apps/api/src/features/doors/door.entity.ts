import type {
  CameraFaultKind,
  DeviceHealth,
  DiskState,
  DoorCondition,
  DoorSettingsPatch,
  ProtocolRange,
} from '@munjigi/contracts';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { ServerNode } from '../../platform/cluster/server-node.entity';
import { INSTANT_COLUMN } from '../../platform/database/columns';
import { Site } from './site.entity';

/** A door: what an administrator wants of it, and what its agent last said of it. */
@Entity({ name: 'door' })
@Check('door_lock_known', `"lock" IN ('locked', 'unlocked')`)
export class Door {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'door_pk' })
  id: string;

  @Column({ type: 'uuid', name: 'site_id' })
  @ForeignKey(() => Site, { name: 'door_site_fk', onDelete: 'RESTRICT' })
  @Index('door_site_idx')
  siteId: string;

  @Column({ type: 'text' })
  name: string;

  /** Only what was set; the rest follows the defaults of the wire's schema. */
  @Column({ type: 'jsonb' })
  settings: DoorSettingsPatch;

  /** SHA-256 of the token that the door's agent authenticates with; worth nothing once the door was paired. */
  @Column({ type: 'bytea', name: 'agent_token_hash' })
  @Index('door_agent_token_hash_key', { unique: true })
  agentTokenHash: Buffer;

  /** When a device was last paired with the door; from the first time on no token is taken. */
  @Column({ ...INSTANT_COLUMN, name: 'paired_at', nullable: true })
  pairedAt: Date | null;

  /** What the agent last said of itself in hello. */
  @Column({ type: 'text', name: 'agent_version', nullable: true })
  agentVersion: string | null;

  @Column({ type: 'int', name: 'agent_protocol', nullable: true })
  agentProtocol: number | null;

  /** The versions of the protocol that its agent speaks, where it was refused for them last. */
  @Column({ type: 'jsonb', name: 'refused_protocol', nullable: true })
  refusedProtocol: ProtocolRange | null;

  /** Server clock minus the agent's at its last hello, ms. */
  @Column({ type: 'double precision', name: 'clock_offset_ms', nullable: true })
  clockOffsetMs: number | null;

  /** The API process that holds the agent's connection; null when none does. */
  @Column({ type: 'uuid', name: 'node_id', nullable: true })
  @ForeignKey(() => ServerNode, { name: 'door_node_fk', onDelete: 'SET NULL' })
  @Index('door_node_idx')
  nodeId: string | null;

  @Column({ type: 'text', nullable: true })
  lock: 'locked' | 'unlocked' | null;

  @Column({ type: 'text', name: 'camera_fault', nullable: true })
  cameraFault: string | null;

  /** Null also where the agent tells none that is known. */
  @Column({ type: 'text', name: 'camera_fault_kind', nullable: true })
  cameraFaultKind: CameraFaultKind | null;

  /** The door beyond its lock, as its agent last said. */
  @Column({ type: 'jsonb', nullable: true })
  condition: DoorCondition | null;

  /** The disk of the door's computer, as its level last changed; null while the agent has not said. */
  @Column({ type: 'jsonb', nullable: true })
  disk: DiskState | null;

  /** How the agent's computer did when it last measured itself. */
  @Column({ type: 'jsonb', nullable: true })
  health: DeviceHealth | null;

  @Column({ ...INSTANT_COLUMN, name: 'last_seen_at', nullable: true })
  lastSeenAt: Date | null;

  @Column({ ...INSTANT_COLUMN, name: 'created_at' })
  createdAt: Date;

  @Column({ ...INSTANT_COLUMN, name: 'updated_at' })
  updatedAt: Date;
}
