import type pg from 'pg';
import type { Reference } from '#lib/domain/capability/reference.ts';
import { opportunityRecordFor, type OpportunityRecord } from '#lib/domain/opportunity/record.ts';
import { requirementKind } from '#lib/domain/opportunity/requirement.ts';
import { DEADLINE_ZONES } from '#lib/domain/opportunity/zones.ts';
import type { ImportKind } from '#lib/server/platform/import/run.ts';
