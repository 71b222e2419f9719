import { error, type Handle } from '@sveltejs/kit';

/** A body that is no form, or was cut off, is the sender's mistake (400), not ours. */
export const refuseBrokenForm: Handle = ({ event, resolve }) => {
  const { request } = event;
  if (request.body === null) return resolve(event);
  const read = request.formData.bind(request);
  Object.defineProperty(request, 'formData', {
    value: () => read().catch(() => error(400, 'broken-form')),
  });
  return resolve(event);
};
