export interface StreamListener {
  /** Told of whatever comes, heartbeats too. */
  onBytes(): void;
  /** Told how soon the server wants a lost stream to come back. */
  onRetry(ms: number): void;
}

/** One event of a stream; `id` is the last one that the stream has given, with this event or before. */
export interface ServerSentEvent {
  event: string;
  data: string;
  id: string | undefined;
}

/**
 * The events of a body by the standard of Server-Sent Events, comments left out. An event that breaks off is none.
 */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  { onBytes, onRetry }: StreamListener,
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
        if (event.retry !== undefined && /^\d+$/.test(event.retry)) onRetry(Number(event.retry));
        if (event.data !== undefined) yield { event: event.event ?? 'message', data: event.data, id };
      }
    }
  } finally {
    await reader.cancel().catch(() => {}); // it is broken already
  }
}

interface Fields {
  event?: string;
  data?: string;
  id?: string;
  retry?: string;
}

function parseEvent(block: string): Fields {
  const fields: Fields = {};
  for (const line of block.split('\n')) {
    const [, name, value] = /^([^:]*):? ?(.*)$/.exec(line) as unknown as [string, string, string];
    if (name === 'data') fields.data = fields.data === undefined ? value : `${fields.data}\n${value}`;
    else if (name === 'event' || name === 'id' || name === 'retry') fields[name] = value;
  }
  return fields;
}
