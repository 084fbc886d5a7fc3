import type { FaceQualityReport, Template as TemplateView } from '@munjigi/contracts';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../../platform/database/columns';
import { StoredTransform } from '../../platform/crypto/template-transform.entity';
import { EnrolmentCrop } from './enrolment-crop.entity';
import { Person } from './person.entity';

/** One enrolled face of a person, for one model. */
@Entity({ name: 'template' })
@Index('template_model_idx', ['modelId', 'personId'])
@Check('template_origin_known', `"origin" IN ('photo', 'door', 'import')`)
export class Template {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'template_pk' })
  id: string;

  @Column({ type: 'uuid', name: 'person_id' })
  @ForeignKey(() => Person, { name: 'template_person_fk', onDelete: 'CASCADE' })
  @Index('template_person_idx')
  personId: string;

  @Column({ type: 'text', name: 'model_id' })
  modelId: string;

  @Column({ type: 'text' })
  origin: TemplateView['origin'];

  /** What the picture was worth; null for those that were made before it was measured. */
  @Column({ type: 'jsonb', nullable: true })
  quality: FaceQualityReport | null;

  /** The transform that the embedding is kept in; null only until a start after an update has changed it. */
  @Column({ type: 'uuid', name: 'transform_id', nullable: true })
  @ForeignKey(() => StoredTransform, { name: 'template_transform_fk', onDelete: 'RESTRICT' })
  @Index('template_transform_idx')
  transformId: string | null;

  /**
   * The transformed embedding, sealed with the person's key: little-endian float32, bound to this template, person,
   * model and transform.
   */
  @Column({ type: 'bytea', name: 'sealed_embedding', select: false })
  sealedEmbedding: Buffer;

  /** The picture that it was made of, where one is kept. */
  @Column({ type: 'uuid', name: 'crop_id', nullable: true })
  @ForeignKey(() => EnrolmentCrop, { name: 'template_crop_fk', onDelete: 'SET NULL' })
  @Index('template_crop_idx')
  cropId: string | null;

  @Column({ ...INSTANT_COLUMN, name: 'created_at' })
  createdAt: Date;
}
