// What a conversation's history says: whose it is, what was said in it.

/// {id, created_at, event} of messages that customers, the AI or people wrote, oldest first.
export function messagesIn(history) {
  const speakers = ['contact', 'ai', 'human_agent'];
  return history.filter((item) => item.event.type === 'message' && speakers.includes(item.event.sender?.type));
}

export function isFrom(item, speaker) {
  return item.event.sender?.type === speaker;
}

/// Handed off by the AI, or taken or answered by a person, and not given back since.
export function isWithPeople({ session, history }) {
  if (session.handoff) return true;
  const kinds = ['handoff', 'agent_took_session_from_ai', 'ai_resumed_by_system'];
  const turns = history.filter((item) => kinds.includes(item.event.type) || (item.event.type === 'message' && isFrom(item, 'human_agent')));
  return turns.length > 0 && turns.at(-1).event.type !== 'ai_resumed_by_system';
}

export function lastWordOfCustomer({ history }) {
  return Math.max(0, ...messagesIn(history).filter((item) => isFrom(item, 'contact')).map((item) => Date.parse(item.created_at)));
}
