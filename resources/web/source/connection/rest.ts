// Calls of the server, and its refusals as sentences.
import { tr } from "../words/words.ts";

export class Refusal extends Error {
    constructor(
        readonly status: number,
        sentence: string,
    ) {
        super(sentence);
    }
}

async function refusalOf(response: Response): Promise<Refusal> {
    const problem = (await response.json().catch(() => ({}))) as { detail?: string; title?: string };
    const sentence = problem.detail || problem.title || tr("The server answered with %1.", response.status);
    return new Refusal(response.status, sentence);
}

export class Rest {
    constructor(private readonly token: string) {}

    async send(method: string, path: string, body?: unknown): Promise<Response> {
        const headers: Record<string, string> = {};
        if (this.token) headers["Authorization"] = `Bearer ${this.token}`;
        if (body !== undefined) headers["Content-Type"] = "application/json";
        let response: Response;
        try {
            response = await fetch(path, {
                method,
                headers,
                body: body === undefined ? null : JSON.stringify(body),
                cache: "no-store",
            });
        } catch {
            throw new Refusal(0, tr("The server cannot be reached. Nothing has happened; please try again."));
        }
        if (!response.ok) throw await refusalOf(response);
        return response;
    }

    async json<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
        const response = await this.send(method, path, body);
        return (response.status === 204 ? null : await response.json()) as Answer;
    }
}
