import type {
  ReportDefinition,
  ReportExportRequest,
  ReportLanguage,
  ReportScheduleRequest,
  SavedReportRequest,
} from '@munjigi/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useLocale } from 'next-intl';
import { request, requestNothing } from '@/lib/api/request';

type Signal = { readonly signal?: AbortSignal };
type Asked = { readonly report: ReportDefinition; readonly language: ReportLanguage };

/** Calls about reports; each throws {@link ApiError}. */
export const reportsApi = {
  kinds: ({ signal }: Signal) => request('/api/reports/kinds', 'reportKindsSchema', { signal }),
  preview: (body: Asked, { signal }: Signal) =>
    request('/api/reports/preview', 'reportPreviewSchema', { method: 'POST', body, signal }),
  chart: (body: Asked, { signal }: Signal) =>
    request('/api/reports/chart', 'reportChartSchema', { method: 'POST', body, signal }),
  exports: ({ signal }: Signal) => request('/api/reports/exports', 'reportExportListSchema', { signal }),
  export: (id: string, { signal }: Signal) =>
    request(`/api/reports/exports/${id}`, 'reportExportSchema', { signal }),
  startExport: (body: ReportExportRequest) =>
    request('/api/reports/exports', 'reportExportSchema', { method: 'POST', body }),
  removeExport: (id: string) => requestNothing(`/api/reports/exports/${id}`, { method: 'DELETE' }),
  saved: ({ signal }: Signal) => request('/api/reports/saved', 'savedReportListSchema', { signal }),
  save: (body: SavedReportRequest) =>
    request('/api/reports/saved', 'savedReportSchema', { method: 'POST', body }),
  removeSaved: (id: string) => requestNothing(`/api/reports/saved/${id}`, { method: 'DELETE' }),
  schedules: ({ signal }: Signal) =>
    request('/api/reports/schedules', 'reportScheduleListSchema', { signal }),
  putSchedule: (id: string | undefined, body: ReportScheduleRequest) =>
    id === undefined
      ? request('/api/reports/schedules', 'reportScheduleSchema', { method: 'POST', body })
      : request(`/api/reports/schedules/${id}`, 'reportScheduleSchema', { method: 'PUT', body }),
  removeSchedule: (id: string) => requestNothing(`/api/reports/schedules/${id}`, { method: 'DELETE' }),
  deliveries: (id: string, { signal }: Signal) =>
    request(`/api/reports/schedules/${id}/deliveries`, 'reportDeliveryListSchema', { signal }),
} as const;

/** Names of what is cached of reports. */
export const reportKeys = {
  kinds: ['report-kinds'],
  exports: ['report-exports'],
  saved: ['saved-reports'],
  schedules: ['report-schedules'],
} as const;

/** The reader's language, as reports have it. */
export function useReportLanguage(): ReportLanguage {
  return useLocale() === 'ko' ? 'ko' : 'en';
}

/** The kinds that may be run. */
export function useReportKinds() {
  const language = useReportLanguage();
  return useQuery({
    queryKey: [...reportKeys.kinds, language],
    queryFn: reportsApi.kinds,
    select: ({ items }) => items,
    staleTime: 600_000,
  });
}

/** The first rows of a report; what was shown stays until others have come. Nothing without a report. */
export function usePreview(report: ReportDefinition | null) {
  const language = useReportLanguage();
  return useQuery({
    queryKey: ['report-preview', report, language],
    queryFn: (signal) => reportsApi.preview({ report: report!, language }, signal),
    enabled: report !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** A report's picture; not asked for without a report. */
export function useChart(report: ReportDefinition | null) {
  const language = useReportLanguage();
  return useQuery({
    queryKey: ['report-chart', report, language],
    queryFn: (signal) => reportsApi.chart({ report: report!, language }, signal),
    enabled: report !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** Where the file of an export is. */
export function exportFileUrl(id: string): string {
  return `/api/reports/exports/${id}/file`;
}
