import type { AlarmKind, AlarmSeverity, AlarmState, Outcome, PersonStatus, Reason } from '@munjigi/contracts';
import type { ActorKind } from '../../platform/audit/actor';
import type { Texts } from './report-kind';

/** What reports call what the wire has codes for. */
export const OUTCOME_TEXTS: Readonly<Record<Outcome, Texts>> = {
  granted: { ko: '승인', en: 'Granted' },
  denied: { ko: '거부', en: 'Denied' },
};

export const REASON_TEXTS: Readonly<Record<Reason, Texts>> = {
  matched: { ko: '본인 확인', en: 'Recognised' },
  'unknown-person': { ko: '미등록자', en: 'Unknown person' },
  ambiguous: { ko: '구별 불가', en: 'Ambiguous' },
  'gallery-unavailable': { ko: '등록 정보 사용 불가', en: 'Gallery unavailable' },
  'not-live': { ko: '실물 아님', en: 'Not live' },
  'liveness-unknown': { ko: '실물 여부 불확실', en: 'Liveness unknown' },
  'rules-unavailable': { ko: '출입 규칙 사용 불가', en: 'Rules unavailable' },
  'clock-untrusted': { ko: '시각 불확실', en: 'Clock not trusted' },
  'offline-too-long': { ko: '장시간 오프라인', en: 'Offline too long' },
  suspended: { ko: '일시 정지', en: 'Suspended' },
  blocked: { ko: '차단', en: 'Blocked' },
  'not-yet-valid': { ko: '유효 기간 전', en: 'Not yet valid' },
  expired: { ko: '유효 기간 만료', en: 'Expired' },
  lockdown: { ko: '봉쇄', en: 'Lockdown' },
  'door-blocked': { ko: '출입문 차단', en: 'Door blocked' },
  'no-access-level': { ko: '출입 권한 없음', en: 'No access level' },
  'outside-schedule': { ko: '출입 시간 외', en: 'Outside schedule' },
  'first-person-missing': { ko: '최초 출입자 대기', en: 'First person missing' },
  'anti-passback': { ko: '안티패스백', en: 'Anti-passback' },
  'occupancy-full': { ko: '정원 초과', en: 'Occupancy full' },
  interlock: { ko: '인터록', en: 'Interlock' },
  'two-person-pending': { ko: '동반 출입 대기', en: 'Waiting for a second person' },
};

export const ALARM_KIND_TEXTS: Readonly<Record<AlarmKind, Texts>> = {
  'door-forced': { ko: '강제 개방', en: 'Door forced open' },
  'door-held-open': { ko: '장시간 개방', en: 'Door held open' },
  tamper: { ko: '장치 훼손', en: 'Tamper' },
  'camera-fault': { ko: '카메라 고장', en: 'Camera fault' },
  'hardware-fault': { ko: '잠금장치 고장', en: 'Door hardware fault' },
  'agent-offline': { ko: '장치 오프라인', en: 'Agent offline' },
  'disk-low': { ko: '저장 공간 부족', en: 'Disk low' },
  'state-drift': { ko: '출입문 데이터 불일치', en: 'Door data differs' },
  'clock-stepped': { ko: '시계 변경', en: 'Clock set' },
  'denied-repeatedly': { ko: '반복 거부', en: 'Denied repeatedly' },
  'webhook-failing': { ko: '웹훅 실패', en: 'Webhook failing' },
};

export const ALARM_SEVERITY_TEXTS: Readonly<Record<AlarmSeverity, Texts>> = {
  low: { ko: '낮음', en: 'Low' },
  medium: { ko: '보통', en: 'Medium' },
  high: { ko: '높음', en: 'High' },
  critical: { ko: '심각', en: 'Critical' },
};

export const ALARM_STATE_TEXTS: Readonly<Record<AlarmState, Texts>> = {
  raised: { ko: '발생', en: 'Raised' },
  acknowledged: { ko: '확인', en: 'Acknowledged' },
  resolved: { ko: '해제', en: 'Resolved' },
};

export const PERSON_STATUS_TEXTS: Readonly<Record<PersonStatus, Texts>> = {
  active: { ko: '활성', en: 'Active' },
  suspended: { ko: '일시 정지', en: 'Suspended' },
  blocked: { ko: '차단', en: 'Blocked' },
};

export const ACTOR_KIND_TEXTS: Readonly<Record<ActorKind, Texts>> = {
  administrator: { ko: '관리자', en: 'Administrator' },
  token: { ko: 'API 토큰', en: 'API token' },
  device: { ko: '장치', en: 'Device' },
  system: { ko: '시스템', en: 'System' },
};
