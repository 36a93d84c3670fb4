import { z } from 'zod'
import * as named from './answers.ts'

type JsonSchema = Record<string, unknown>

/** Schemas that have a name of their own in the document; each is written once. */
const answerNames = z.registry<{ id: string }>()
for (const [name, schema] of Object.entries(named))
  answerNames.add(schema, { id: name[0]!.toUpperCase() + name.slice(1) })
/** What is read may differ from what is written (defaults), so it shares no names with it. */
const noNames = z.registry<{ id: string }>()

/** What a reader of the document does not need to know of a schema. */
function simplify(schema: JsonSchema) {
  // The pattern says the same as the format, in 300 characters.
  if (schema.format === 'date-time') delete schema.pattern
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum
  // A newer server may answer with more: whoever reads must not refuse it.
  if (schema.additionalProperties === false) delete schema.additionalProperties
  delete schema.id
}

/**
 * A zod schema as JSON Schema 2020-12, which OpenAPI 3.1 speaks. Answers refer to the named ones, which are put into
 * `components`; what is read (`input`) is written out, and says which unknown fields are refused.
 */
export function toSchema(schema: z.ZodType, io: 'input' | 'output', components: JsonSchema = {}): JsonSchema {
  const isInput = io === 'input'
  const { properties, $defs = {} } = z.toJSONSchema(z.object({ it: schema }), {
    io,
    target: 'draft-2020-12',
    unrepresentable: 'any',
    metadata: isInput ? noNames : answerNames,
    override: ({ jsonSchema }) => {
      const { additionalProperties } = jsonSchema
      simplify(jsonSchema as JsonSchema)
      if (isInput && additionalProperties === false) jsonSchema.additionalProperties = false
    },
  }) as unknown as { properties: { it: JsonSchema }; $defs?: JsonSchema }
  for (const [name, definition] of Object.entries($defs)) components[name] ??= pointed(definition)
  return pointed(properties.it) as JsonSchema
}

/** References lead to the document's components. */
const pointed = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', '"#/components/schemas/'), (key, one) =>
    key === 'id' && typeof one === 'string' ? undefined : one,
  )
