import { z } from "zod";
import { adoptionInput, nameTaken, requireAdoptable } from "../adoption";
import { type Attempt, define, type Observed, type StateOf } from "../definition";
import { plan } from "../diff";
import { CloudError, ifFound, isKind } from "../errors";
import { type InputsOf, input, output, type Values } from "../fields";
import { replacedByAnother } from "../ours";
import { normalizeSet } from "../schemas";
import { createOnce, inSteps, isCreatedIn, type Step } from "../steps";
import type { EventReply } from "./csms-api";
import { allPages, type Client, connect, homeOf } from "./csms-client";
import { isoTime, namePattern, nameRule, placeInputs } from "./csms-place";

const eventTypes = [
  "SECRET_VERSION_CREATED",
  "SECRET_VERSION_EXPIRED",
  "SECRET_ROTATED",
  "SECRET_ROTATED_FAILED",
  "SECRET_DELETED",
] as const;

const inputs = {
  name: input(z.string().regex(namePattern, "must be 1 to 64 letters, digits, - or _"), {
    doc: "The event's name, unique in its project: 1 to 64 letters, digits, `-` or `_`; secrets subscribe to it by this. When left out, it is made once of the resource's name and random characters. Changing it replaces the event.",
    onChange: "replace",
    identity: true,
    computed: true,
    always: true,
    name: nameRule,
  }),
  eventTypes: input(
    z
      .array(z.enum(eventTypes))
      .refine((types) => types.length > 0, "must name at least one")
      .refine((types) => new Set(types).size === types.length, "must not name one twice"),
    {
      doc: "What is told: any of `SECRET_VERSION_CREATED`, `SECRET_VERSION_EXPIRED`, `SECRET_ROTATED`, `SECRET_ROTATED_FAILED` and `SECRET_DELETED`. The order means nothing.",
      onChange: "update",
      required: true,
      normalize: normalizeSet,
    },
  ),
  state: input(z.enum(["ENABLED", "DISABLED"]), {
    doc: "Whether it is told: `ENABLED` (the default) or `DISABLED`.",
    onChange: "update",
    default: "ENABLED",
    always: true,
  }),
  notification: input(
    z.strictObject({
      targetType: z.literal("SMN"),
      targetId: z
        .string()
        .regex(/^[a-zA-Z0-9\-._:]{1,256}$/, "must be a topic's URN: 1 to 256 letters, digits or any of - . _ :"),
      targetName: z.string().regex(namePattern, "must be a topic's name: 1 to 64 letters, digits, - or _"),
    }),
    {
      doc: "Whom it is told: a topic of Huawei Cloud SMN, by its URN as `targetId` and its name as `targetName`. The service does not look whether there is one.",
      onChange: "update",
      required: true,
    },
  ),
  ...placeInputs,
  ...adoptionInput,
} as const;

const outputs = {
  eventId: output(z.string(), "The event's id."),
  createTime: output(z.string().optional(), "When the event was created (ISO 8601, UTC)."),
  updateTime: output(z.string().optional(), "When the event was last changed (ISO 8601, UTC)."),
} as const;

type Inputs = InputsOf<typeof inputs>;
type State = StateOf<typeof inputs, typeof outputs>;
interface Home {
  readonly region: string;
  readonly projectId: string;
}

/** What Huawei Cloud CSMS tells, and whom, of the secrets that subscribe to it. */
export const csmsEvent = define(
  {
    name: "CsmsEvent",
    doc: "An event of Huawei Cloud CSMS: what is told of the secrets that name it in their `eventSubscriptions`, and whom.",
    id: "The event's id.",
    inputs,
    outputs,
    rules: [],
  },
  { connect, create, find, read, confirm, update, delete: remove },
);

async function create(client: Client, wanted: Inputs): Promise<Observed<State>> {
  const home = await homeOf(client, wanted);
  try {
    const event = await createOnce(
      { name: wanted.name, state: { ...wanted, ...home } },
      async () => (await client.csms("CreateSecretEvent", { ...home, body: bodyOf(wanted, wanted.name) })).event,
      (attempt) => findCreated(client, home, wanted, attempt),
    );
    return observed(event, home);
  } catch (error) {
    // Which code a taken name is refused with is not documented, so the name is looked up.
    if (!isKind(error, "exists", "invalid", "other")) throw error;
    const found = await find(client, wanted);
    if (!found) throw error;
    return adopt(client, found, wanted);
  }
}

const bodyOf = ({ eventTypes: event_types, state = inputs.state.default, notification }: Inputs, name?: string) => ({
  name,
  event_types,
  state,
  notification: {
    target_type: notification.targetType,
    target_id: notification.targetId,
    target_name: notification.targetName,
  },
});

/** The event of a create whose answer was lost: it is as declared, and was not there before. */
async function findCreated(client: Client, home: Home, wanted: Inputs, attempt: Attempt) {
  const event = await named(client, home, wanted.name ?? "");
  if (!event) return undefined;
  const { state } = observed(event, home);
  const isOurs = isCreatedIn(attempt, state.createTime) && plan({ inputs }, state, wanted).changed.length === 0;
  if (!isOurs) throw taken(wanted);
  return event;
}

async function confirm(client: Client, asked: State, attempt: Attempt): Promise<Observed<State> | undefined> {
  const home = await homeOf(client, asked);
  const event = await findCreated(client, home, asked, attempt);
  return event && observed(event, home);
}

const taken = ({ name }: Values) =>
  nameTaken(`CSMS CreateSecretEvent of event "${name}"`, "an event of this name exists already");

async function find(client: Client, wanted: Inputs): Promise<Observed<State> | undefined> {
  const home = await homeOf(client, wanted);
  const event = await named(client, home, wanted.name ?? "");
  return event && observed(event, home);
}

async function adopt(client: Client, found: Observed<State>, wanted: Inputs): Promise<Observed<State>> {
  if (!wanted.adoptExisting) throw taken(wanted);
  requireAdoptable({ inputs }, `the event "${wanted.name}"`, found.state, wanted);
  const state = differs(found.state, wanted) ? await changed(client, found.state, wanted) : found.state;
  return { id: found.id, state, existed: true };
}

async function read(client: Client, id: string, known: Partial<State>): Promise<Observed<State> | undefined> {
  const home = await homeOf(client, known);
  const event = known.name === undefined ? await withId(client, home, id) : await named(client, home, known.name);
  // Another id below the same name is somebody else's event.
  return event?.event_id === id ? observed(event, home) : undefined;
}

async function named({ csms }: Client, home: Home, name: string): Promise<EventReply | undefined> {
  return (await ifFound(csms("ShowSecretEvent", { ...home, path: { event_name: name } })))?.event;
}

/** A program that looks an event up may know only its id. */
async function withId({ csms }: Client, home: Home, id: string): Promise<EventReply | undefined> {
  const events = await allPages(async (marker) => {
    const { events: items, page_info } = await csms("ListSecretEvents", { ...home, query: { marker } });
    return { items, next: page_info?.next_marker };
  });
  return events.find((event) => event.event_id === id);
}

/** Where nobody knows whether an earlier change was carried out, what is there decides what is to do. */
async function update(client: Client, event: Observed<State>, wanted: Inputs): Promise<State> {
  const { state, isDoubtful = false } = event;
  if (!isDoubtful && !differs(state, wanted)) return state;
  const change: Step<State> = async (seen) => (differs(seen, wanted) ? changed(client, seen, wanted) : undefined);
  return inSteps({ id: event.id, state }, [oursFirst(client, event), change]);
}

/** A change goes by the name, so the id tells first whether the event is ours. */
const oursFirst =
  ({ csms }: Client, { id, isDoubtful }: Observed<State>): Step<State> =>
  async (state) => {
    const { path, ...home } = pathOf(state);
    const { event } = await csms("ShowSecretEvent", { ...home, path });
    if (event.event_id !== id) throw replacedByAnother(`CSMS update of event "${state.name}"`, "event", event.event_id);
    return isDoubtful ? observed(event, home).state : undefined;
  };

const differs = (state: State, wanted: Inputs) => plan({ inputs }, state, wanted).changed.length > 0;

async function changed({ csms }: Client, state: State, wanted: Inputs): Promise<State> {
  const { path, ...home } = pathOf(state);
  const { event } = await csms("UpdateSecretEvent", { ...home, path, body: bodyOf(wanted) });
  return observed(event, home).state;
}

const pathOf = ({ region, projectId = "", name = "" }: State) => ({ region, projectId, path: { event_name: name } });

async function remove(client: Client, { id, state }: Observed<State>): Promise<void> {
  const { path, ...home } = pathOf(state);
  const found = await named(client, home, path.event_name);
  if (found?.event_id !== id) return;
  const deletion = ifFound(client.csms("DeleteSecretEvent", { ...home, path }));
  await deletion.catch(async (error: unknown) => {
    throw isKind(error, "invalid", "other") ? await withSubscribers(client, home, found.name, error) : error;
  });
}

/** Which code an event is refused with that secrets subscribe to is not documented, so these are looked up. */
async function withSubscribers({ csms }: Client, home: Home, name: string, refusal: CloudError): Promise<CloudError> {
  const secrets = await allPages(async (marker) => {
    const query = { limit: "100", marker, event_name: name };
    const { secrets: items, page_info } = await csms("ListSecrets", { ...home, query });
    return { items, next: page_info?.next_marker };
  }).catch(() => []);
  const hearing = secrets.filter((secret) => secret.event_subscriptions?.includes(name)).map((secret) => secret.name);
  if (hearing.length === 0) return refusal;
  const next = `Secrets subscribe to it: take it out of the eventSubscriptions of ${hearing.join(", ")} first.`;
  return new CloudError({ ...refusal, message: `${refusal.message} ${next}` });
}

function observed(event: EventReply, home: Home): Observed<State> {
  const { target_type: targetType, target_id: targetId, target_name: targetName } = event.notification ?? {};
  const state = {
    ...home,
    name: event.name,
    eventTypes: event.event_types ?? [],
    state: event.state ?? undefined,
    notification: { targetType, targetId, targetName },
    eventId: event.event_id,
    createTime: isoTime(event.create_time),
    updateTime: isoTime(event.update_time),
  };
  // The service may answer types and targets that no program can declare.
  return { id: event.event_id, state: state as State };
}
