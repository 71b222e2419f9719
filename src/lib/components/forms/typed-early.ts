/** What people typed into a page before its script arrived, and how it outlives the script's taking over. */

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** Puts one control back if the script has changed it. */
type PutBack = () => void;

/**
 * Notes what was typed or ticked since the page was shown. Taking a page over sets its controls to what the server
 * sent: on a slow line a person is long at work by then. To be called before anything is taken over; what it gives
 * back, to be called after.
 */
export function noteTypedEarly(): PutBack {
  if (typeof document === 'undefined') return () => undefined;
  const notes = [...document.querySelectorAll<Control>('input, select, textarea')].flatMap(noteOf);
  return () => notes.forEach((putBack) => putBack());
}

function noteOf(control: Control): PutBack[] {
  if (control instanceof HTMLSelectElement) return noteOfSelect(control);
  if (control instanceof HTMLInputElement) {
    // No page may fill in a file, and a hidden field is nobody's typing.
    if (control.type === 'file' || control.type === 'hidden') return [];
    if (control.type === 'checkbox' || control.type === 'radio') return noteOfTick(control);
  }
  return noteOfText(control);
}

function noteOfText(control: HTMLInputElement | HTMLTextAreaElement): PutBack[] {
  const { value } = control;
  if (value === control.defaultValue) return [];
  return [
    () => {
      if (control.value === value) return;
      control.value = value;
      tell(control);
    },
  ];
}

function noteOfTick(control: HTMLInputElement): PutBack[] {
  const { checked } = control;
  // The choice of a group is carried by the button that is chosen.
  if (checked === control.defaultChecked || (control.type === 'radio' && !checked)) return [];
  return [
    () => {
      if (control.checked === checked) return;
      control.checked = checked;
      tell(control);
    },
  ];
}

function noteOfSelect(control: HTMLSelectElement): PutBack[] {
  const sent = [...control.options].findLast(({ defaultSelected }) => defaultSelected)?.index ?? 0;
  const { value } = control;
  if (control.multiple || control.selectedIndex === sent) return [];
  return [
    () => {
      if (control.value === value) return;
      control.value = value;
      tell(control);
    },
  ];
}

/** As if it were typed now, so that what hangs on it follows. */
function tell(control: Control): void {
  control.dispatchEvent(new Event('input', { bubbles: true }));
  control.dispatchEvent(new Event('change', { bubbles: true }));
}
