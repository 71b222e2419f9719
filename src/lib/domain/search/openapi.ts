import { z } from 'zod';
import {
  companiesQuery,
  companyItem,
  explanationAnswer,
  explanationQuery,
  listAnswer,
  matchesAnswer,
  matchesQuery,
  opportunitiesQuery,
  opportunityItem,
  problemDocument,
  projectItem,
  projectsQuery,
  suggestAnswer,
  suggestQuery,
} from '#lib/domain/search/api.ts';

interface Route {
  path: string;
  summary: string;
  description?: string;
  query: z.ZodObject;
  answer: z.ZodType;
  /** Needs a key. */
  closed?: boolean;
}

const ROUTES: readonly Route[] = [
  {
    path: '/companies',
    summary: 'Companies found, with facets',
    query: companiesQuery,
    answer: listAnswer(companyItem),
  },
  {
    path: '/companies/{id}/matches',
    summary: 'Open opportunities for a company, best first: the company itself, officials',
    description:
      '`considered` and `excluded` count the open opportunities that the company may know of: those open to anyone, those for vetted companies while its vetting is valid, and those by invitation that it is invited to.',
    query: matchesQuery,
    answer: matchesAnswer,
    closed: true,
  },
  {
    path: '/opportunities',
    summary: 'Opportunities found, with facets',
    query: opportunitiesQuery,
    answer: listAnswer(opportunityItem),
  },
  {
    path: '/opportunities/{id}/matches',
    summary: 'Companies for an opportunity, best first: the publisher, officials',
    description:
      'Of an opportunity by invitation every company that the other rules let through, invited or not: the publisher chooses here whom to invite. `considered` and `excluded` count companies that show themselves: neither suspended nor shut out by screening, with a published profile.',
    query: matchesQuery,
    answer: matchesAnswer,
    closed: true,
  },
  {
    path: '/opportunities/{id}/matches/{company}',
    summary: 'The whole reckoning of one pair in words: the publisher, the company itself, officials',
    query: explanationQuery,
    answer: explanationAnswer,
    closed: true,
  },
  {
    path: '/projects',
    summary: 'Projects found, with facets',
    query: projectsQuery,
    answer: listAnswer(projectItem),
  },
  {
    path: '/suggest',
    summary: 'At most five completions of what is being typed',
    query: suggestQuery,
    answer: suggestAnswer,
  },
];

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document of `/api/v1`, made from the schemas that check and type it. */
export function openApiDocument(): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Gwangmaek read interface',
      version: '1',
      description:
        'Without a key only what anyone may see is answered. Repeated parameters mean any of them; different ones mean all of them. The filters mineral and country also take whole groups: mineral=@rare-earths, country=@africa.',
    },
    servers: [{ url: '/api/v1' }],
    paths: Object.fromEntries(ROUTES.map((route) => [route.path, { get: operation(route) }])),
    components: {
      schemas: { Problem: jsonSchema(problemDocument) },
      securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
    },
  };
}

function operation({ path, summary, description, query, answer, closed = false }: Route): Json {
  const inPath = [...path.matchAll(/\{(\w+)\}/gu)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string', format: 'uuid' },
  }));
  return {
    operationId: path.replaceAll(/[{}]/gu, '').split('/').filter(Boolean).join('-'),
    summary,
    ...(description === undefined ? {} : { description }),
    security: closed ? [{ key: [] }] : [{}, { key: [] }],
    parameters: [...inPath, ...parametersOf(query)],
    responses: {
      200: { description: 'Found', content: { 'application/json': { schema: jsonSchema(answer) } } },
      ...Object.fromEntries(
        [
          [400, 'A parameter is not understood'],
          [401, 'The key is not known or was revoked'],
          [404, 'Nothing that the reader may see'],
          [429, 'Too many requests; see Retry-After'],
        ].map(([status, description]) => [status, problemAnswer(String(description))]),
      ),
    },
  };
}

function problemAnswer(description: string): Json {
  const schema = { $ref: '#/components/schemas/Problem' };
  return { description, content: { 'application/problem+json': { schema } } };
}

function parametersOf(query: z.ZodObject): Json[] {
  const schema = jsonSchema(query);
  const properties = schema.properties as Record<string, Json>;
  return Object.entries(properties).map(([name, field]) => ({
    name,
    in: 'query',
    required: false,
    schema: field,
    ...(field.type === 'array' ? { style: 'form', explode: true } : {}),
  }));
}

function jsonSchema(schema: z.ZodType): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { reused: 'inline' }) as Json;
  return rest;
}
