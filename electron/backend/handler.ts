/** The one shape of the backend: a web-standard request in, a response out, whatever shell carries it. */
export type Handler = (request: Request) => Promise<Response>
