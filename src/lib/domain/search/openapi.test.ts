import { describe, expect, it } from 'vitest';
import { openApiDocument } from '#lib/domain/search/openapi.ts';

interface Operation {
  description?: string;
  parameters: { name: string; in: string; schema: { type: string } }[];
  responses: Record<
    string,
    { content: Record<string, { schema: { properties?: Record<string, unknown> } }> }
  >;
}

describe('the OpenAPI document', () => {
  const document = JSON.parse(JSON.stringify(openApiDocument())) as {
    openapi: string;
    paths: Record<string, { get: Operation }>;
  };

  it('describes every route of the interface', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths).sort()).toEqual([
      '/companies',
      '/companies/{id}/matches',
      '/opportunities',
      '/opportunities/{id}/matches',
      '/opportunities/{id}/matches/{company}',
      '/projects',
      '/suggest',
    ]);
  });

  it('says what the counts of matches count, and that a publisher of a notice by invitation sees everybody', () => {
    const said = (path: string) => document.paths[path]?.get.description;
    expect(said('/companies/{id}/matches')).toContain('that the company may know of');
    expect(said('/opportunities/{id}/matches')).toMatch(/invited or not.*companies that show themselves/);
  });

  it('names the parameters that are checked, and lists as repeatable', () => {
    const { parameters } = document.paths['/companies']?.get ?? { parameters: [] };
    expect(parameters.map(({ name }) => name)).toEqual([
      'q',
      'mineral',
      'capability',
      'stage',
      'country',
      'certification',
      'size',
      'status',
      'province',
      'sort',
      'page',
      'limit',
    ]);
    expect(parameters.find(({ name }) => name === 'mineral')?.schema.type).toBe('array');
    expect(parameters.find(({ name }) => name === 'page')?.schema.type).toBe('integer');
  });

  it('puts the fields of the answer in words that FORMATS fixes', () => {
    const answer = document.paths['/companies']?.get.responses['200']?.content['application/json']?.schema;
    expect(Object.keys(answer?.properties ?? {})).toEqual([
      'total',
      'page',
      'limit',
      'facets',
      'notes',
      'items',
    ]);
  });
});
