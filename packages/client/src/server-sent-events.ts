/** One event of a stream; `id` is the last one that the stream has given, with this event or before. */
export interface ServerSentEvent {
  event: string;
  data: string;
  id: string | undefined;
}

/**
 * The events of a body by the standard of Server-Sent Events, comments left out. An event that breaks off is none.
 * `onBytes` is told of whatever comes, heartbeats too.
 */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  onBytes: () => void,
): AsyncGenerator<ServerSentEvent, void, undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let endedInReturn = false;
  let id: string | undefined;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      onBytes();
      const piece = decoder.decode(value, { stream: true });
      // A line that ended in a carriage return has ended; the line feed that may follow it is a part of that.
      text += (endedInReturn ? piece.replace(/^\n/, '') : piece).replace(/\r\n?/g, '\n');
      if (piece !== '') endedInReturn = piece.endsWith('\r');
      const blocks = text.split('\n\n');
      text = blocks.pop()!;
      for (const block of blocks) {
        const event = parseEvent(block);
        id = event.id ?? id;
        if (event.data !== undefined) yield { event: event.event ?? 'message', data: event.data, id };
      }
    }
  } finally {
    await reader.cancel().catch(() => {}); // it is broken already
  }
}

function parseEvent(block: string): { event?: string; data?: string; id?: string } {
  const fields: { event?: string; data?: string; id?: string } = {};
  for (const line of block.split('\n')) {
    const [, name, value] = /^([^:]*):? ?(.*)$/.exec(line) as unknown as [string, string, string];
    if (name === 'data') fields.data = fields.data === undefined ? value : `${fields.data}\n${value}`;
    else if (name === 'event' || name === 'id') fields[name] = value;
  }
  return fields;
}
