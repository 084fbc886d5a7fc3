import type { CreateWebhookRequest, UpdateWebhookRequest, WebhookDeliveriesQuery } from '@munjigi/contracts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { request, requestNothing } from '@/lib/api/request';

type Signal = { readonly signal?: AbortSignal };

/** Calls about webhooks; each throws {@link ApiError}. */
export const webhooksApi = {
  list: ({ signal }: Signal) => request('/api/webhooks', 'webhookListSchema', { signal }),
  create: (body: CreateWebhookRequest) =>
    request('/api/webhooks', 'webhookWithSecretSchema', { method: 'POST', body }),
  update: (id: string, body: UpdateWebhookRequest) =>
    request(`/api/webhooks/${id}`, 'webhookSchema', { method: 'PATCH', body }),
  remove: (id: string) => requestNothing(`/api/webhooks/${id}`, { method: 'DELETE' }),
  renewSecret: (id: string) =>
    request(`/api/webhooks/${id}/secret`, 'webhookWithSecretSchema', { method: 'POST' }),
  test: (id: string) => request(`/api/webhooks/${id}/test`, 'webhookDeliverySchema', { method: 'POST' }),
  deliveries: (id: string, query: Partial<WebhookDeliveriesQuery>, { signal }: Signal) =>
    request(`/api/webhooks/${id}/deliveries`, 'webhookDeliveriesPageSchema', { query, signal }),
  replay: (id: string, deliveryId: string) =>
    request(`/api/webhooks/${id}/deliveries/${deliveryId}/replay`, 'webhookDeliverySchema', {
      method: 'POST',
    }),
} as const;

/** Names of what is cached of webhooks. */
export const webhookKeys = {
  list: ['webhooks'],
  deliveries: (id: string) => ['webhook-deliveries', id],
} as const;

/** How often a log is asked for again while something in it is on its way. */
const WATCH_MS = 1_500;

/** Every webhook that one may see. */
export function useWebhooks() {
  return useQuery({ queryKey: webhookKeys.list, queryFn: webhooksApi.list, select: ({ items }) => items });
}

/** What a webhook was told, newest first, page after page; looks again while something waits for its first attempt. */
export function useDeliveries(id: string, state: WebhookDeliveriesQuery['state']) {
  return useInfiniteQuery({
    queryKey: [...webhookKeys.deliveries(id), state],
    queryFn: ({ pageParam, signal }) =>
      webhooksApi.deliveries(id, { state, cursor: pageParam, limit: 50 }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
    refetchInterval: ({ state: { data } }) =>
      data?.pages[0]?.items.some((each) => each.state === 'waiting') ? WATCH_MS : false,
  });
}
