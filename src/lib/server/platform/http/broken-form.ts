import { error, type Handle } from '@sveltejs/kit';

/** A body that is no form, was cut off or is not there at all is the sender's mistake (400), not ours. */
export const refuseBrokenForm: Handle = ({ event, resolve }) => {
  const { request } = event;
  const read = request.formData.bind(request);
  Object.defineProperty(request, 'formData', {
    value: () => read().catch(() => error(400, 'broken-form')),
  });
  return resolve(event);
};
