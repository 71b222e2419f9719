import { describe, expect, it } from 'vitest';
import { renderAt } from '#lib/components/render-for-tests.ts';
import BilingualField from './BilingualField.svelte';
import CheckboxGroup from './CheckboxGroup.svelte';
import ConfirmForm from './ConfirmForm.svelte';
import ErrorSummary from './ErrorSummary.svelte';
import FileField from './FileField.svelte';
import NumberField from './NumberField.svelte';
import Select from './Select.svelte';
import TextArea from './TextArea.svelte';
import TextField from './TextField.svelte';

describe('a field', () => {
  it('ties label, hint and error to its control', () => {
    const html = renderAt(TextField, {
      name: 'brn',
      label: '번호',
      hint: '10자리',
      error: '고쳐 주십시오.',
      value: '1',
    });
    expect(html).toContain('<label class="label" for="brn">');
    expect(html).toMatch(
      /<input[^>]*id="brn"[^>]*aria-describedby="brn-hint brn-error"[^>]*aria-invalid="true"/u,
    );
    expect(html).toContain('id="brn-hint"');
    expect(html).toMatch(/id="brn-error".*오류: .*고쳐 주십시오\./u);
  });

  it('carries no trace of an error when there is none', () => {
    const html = renderAt(TextField, { name: 'brn', label: '번호' });
    expect(html).not.toContain('aria-invalid');
    expect(html).not.toContain('aria-describedby');
    expect(html).not.toContain('field--error');
  });

  it('says so when it is optional, in the language of the page', () => {
    const props = { name: 'site', label: 'Web site', required: false };
    expect(renderAt(TextField, props, '/en/x')).toContain('(optional)');
    expect(renderAt(TextField, props, '/x')).toContain('(선택)');
    expect(renderAt(TextField, props, '/x')).not.toContain('aria-required');
  });

  it('keeps what was typed, as text', () => {
    expect(renderAt(NumberField, { name: 'a', label: 'A', value: '육만', unit: 't/년' })).toContain(
      'value="육만"',
    );
    expect(renderAt(TextArea, { name: 'a', label: 'A', value: '<b>&' })).toContain('&lt;b>&amp;</textarea>');
    expect(renderAt(TextField, { name: 'a', label: 'A', value: '"><script>' })).not.toContain('<script>');
  });
});

describe('choices', () => {
  it('are ticked as posted, the first one being what the summary links to', () => {
    const html = renderAt(CheckboxGroup, {
      name: 'mineral',
      label: '광물',
      values: ['Li'],
      options: [
        { value: 'C', label: '흑연' },
        { value: 'Li', label: '리튬', hint: '염호 포함' },
      ],
    });
    expect(html).toMatch(/id="mineral" name="mineral" value="C"\/?>/u);
    expect(html).toMatch(/id="mineral-Li" name="mineral" value="Li" checked/u);
    expect(html).toContain('id="mineral-Li-note"');
  });

  it('of a select keep the one chosen', () => {
    const options = [
      { value: 'a', label: 'A' },
      { value: 'b', label: 'B' },
    ];
    const html = renderAt(Select, { name: 's', label: 'S', value: 'b', options });
    expect(html).toMatch(/<option value="b" selected(="")?>B/u);
    expect(html).toContain('고르십시오');
  });
});

describe('the error summary', () => {
  it('takes the focus, counts and links', () => {
    const html = renderAt(ErrorSummary, {
      errors: [
        { field: 'amount', text: '숫자로 적어 주십시오.' },
        { field: '', text: '다시 보내 주십시오.' },
      ],
    });
    expect(html).toMatch(/role="alert" tabindex="-1" autofocus/u);
    expect(html).toContain('2곳을 고쳐 주십시오');
    expect(html).toContain('<a href="#amount">숫자로 적어 주십시오.</a>');
    expect(html).not.toContain('href="#"');
  });

  it('is not there without errors', () => {
    expect(renderAt(ErrorSummary, { errors: [] }).trim()).toBe('');
  });
});

describe('other fields', () => {
  it('name both languages and mark the language of each', () => {
    const html = renderAt(BilingualField, { name: 'title', label: '제목', required: 'ko' });
    expect(html).toMatch(/name="title_ko"[^>]*lang="ko"/u);
    expect(html).toMatch(/name="title_en"[^>]*lang="en"/u);
    expect(html.indexOf('title_ko')).toBeLessThan(html.indexOf('title_en'));
  });

  it('tell the limits of a file', () => {
    const html = renderAt(FileField, {
      name: 'f',
      label: '파일',
      accept: ['.pdf', '.png'],
      maxBytes: 20 * 2 ** 20,
    });
    expect(html).toContain('PDF, PNG. 파일마다 20MB까지');
    expect(html).toContain('accept=".pdf,.png"');
  });

  it('ask once more without script', () => {
    const html = renderAt(ConfirmForm, {
      label: '정지하기',
      text: '알립니다.',
      confirm: '정지 확정하기',
      action: '?/suspend',
      hidden: { id: '7' },
    });
    expect(html).toMatch(/<details class="confirm"> ?<summary/u);
    expect(html).toContain('<form method="POST" action="?/suspend">');
    expect(html).toContain('<input type="hidden" name="id" value="7"');
  });
});
