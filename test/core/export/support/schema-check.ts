import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';

/** The few words of JSON Schema that the excerpt of OCSF needs. */
type Schema = {
  readonly $ref?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
};

const excerpt = JSON.parse(readFileSync(new URL('./ocsf-1.8.0-excerpt.json', import.meta.url), 'utf8')) as {
  readonly classes: Readonly<Record<string, Schema>>;
  readonly $defs: Readonly<Record<string, Schema>>;
};

/** What is wrong with an OCSF event by the schema of its class; nothing where it is valid. */
export function complaints(event: { readonly [key: string]: unknown }): string[] {
  const schema = excerpt.classes[String(event.class_uid)];
  return schema ? check(event, schema, 'event') : [`class ${event.class_uid} is not in the excerpt`];
}

function check(value: unknown, schema: Schema, at: string): string[] {
  if (schema.$ref !== undefined) return check(value, excerpt.$defs[schema.$ref.replace('#/$defs/', '')] ?? {}, at);
  const wrong: string[] = [];
  const say = (condition: boolean, what: string): void => {
    if (!condition) wrong.push(`${at} ${what}`);
  };
  const { type } = schema;
  if ('const' in schema) say(value === schema.const, `is not ${schema.const}`);
  if (schema.enum) say(schema.enum.includes(value), `is none of ${schema.enum}`);
  if (type === 'integer') say(Number.isSafeInteger(value), 'is no integer');
  if (type === 'string' || type === 'boolean') say(typeof value === type, `is no ${type}`);
  if (schema.format === 'ip') say(isIP(String(value)) !== 0, 'is no IP address');
  if (type === 'array') {
    say(Array.isArray(value) && value.length > 0, 'is no filled array');
    if (Array.isArray(value))
      value.forEach((item, i) => {
        wrong.push(...check(item, schema.items ?? {}, `${at}[${i}]`));
      });
  }
  if (type === 'object') {
    const fields = value as Record<string, unknown>;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at} is no object`];
    for (const name of schema.required ?? []) say(Object.hasOwn(fields, name), `lacks ${name}`);
    for (const [name, field] of Object.entries(fields)) {
      const known = schema.properties?.[name];
      if (known) wrong.push(...check(field, known, `${at}.${name}`));
      else say(schema.additionalProperties !== false, `has ${name}, which the schema does not know`);
    }
    const { anyOf } = schema;
    if (anyOf)
      say(
        anyOf.some((one) => (one.required ?? []).every((name) => Object.hasOwn(fields, name))),
        `has none of ${anyOf.map((one) => one.required)}`,
      );
  }
  return wrong;
}
