internal import Audit
package import HTTPServer
internal import JobQueue
internal import Jobs
internal import Outbox
internal import Platform
internal import PostgresClient
internal import RedisClient
internal import Reports

/// `/v1/jobs`: what a web tier needs.
package struct JobRoutes: Sendable {
    /// A body that is longer is read where it holds up no other request.
    private static let shortBytes = 16 << 10
    private static let longestWait = Duration.seconds(25)
    private static let lookEvery = Duration.milliseconds(100)

    let desk: JobDesk
    private let intake: JobIntake

    package init(_ desk: JobDesk) {
        self.desk = desk
        intake = JobIntake(desk.redis)
    }

    package var routes: [Route] {
        [
            Route(
                .post, "/v1/jobs", role: .producer, "enqueue a job, or an array of them", .replying(submit)),
            Route(
                .get, "/v1/jobs/{id}", role: .producer,
                "state, progress, result; ?wait=10s, ?open=true", .refusable(show)),
            Route(
                .get, "/v1/jobs/{id}/log", role: .producer, "what a tracked job says; ?after= goes on",
                .refusable(log)),
            Route(.delete, "/v1/jobs/{id}", role: .producer, "cancel a job", .refusable(cancel)),
        ]
    }

    func close() { intake.close() }

    // MARK: Enqueueing

    private func submit(_ request: HTTPRequest, _ reply: HTTPReply) {
        guard request.body.count <= Self.shortBytes else {
            Task { accept(request, reply) }
            return
        }
        accept(request, reply)
    }

    private func accept(_ request: HTTPRequest, _ reply: HTTPReply) {
        do throws(Refusal) {
            switch try JobSubmission(request.body, desk) {
            case .one(let specification): enqueue(try completed(specification, by: request), request, reply)
            case .many(let specifications):
                guard request.fields["Idempotency-Key"] == nil else {
                    throw .malformed("Idempotency-Key is for one job: give each of many its idempotency_key.")
                }
                Task(executorPreference: desk.loop) { reply.send(await enqueueAll(specifications, request)) }
            }
        } catch {
            reply.send(error.answer)
        }
    }

    /// What the head of a request says of its one job.
    private func completed(
        _ specification: JobSpecification, by request: HTTPRequest
    ) throws(Refusal) -> JobSpecification {
        var specification = specification
        if let key = try JobSpecification.idempotencyKey(request.fields["Idempotency-Key"]) {
            guard specification.job.idempotencyKey.map({ $0.text == key.text }) ?? true else {
                throw .invalid("Idempotency-Key and idempotency_key name two keys.")
            }
            specification.job.idempotencyKey = key
        }
        specification.bindKey(to: request.body, desk)
        return specification
    }

    private func enqueue(_ specification: JobSpecification, _ request: HTTPRequest, _ reply: HTTPReply) {
        let span = desk.span(for: request)
        var job = specification.job
        job.traceparent = span?.field ?? request.trace?.field
        guard !specification.isDurable else {
            Task(executorPreference: desk.loop) { [job] in
                let answer = await writeRow(job)
                span?.end(in: job.queue, requestID: request.id, error: answer.status.code >= 400 ? NotStored() : nil)
                reply.send(answer)
            }
            return
        }
        let queue = job.queue
        intake.add(job, on: reply.loop) { result in
            switch result {
            case .success(let answer):
                span?.end(in: queue, as: answer.id, requestID: request.id)
                reply.send(EnqueueReport(answer).response)
            case .failure(let error):
                span?.end(in: queue, requestID: request.id, error: error)
                reply.send(Refusal(error).answer)
            }
        }
    }

    /// What a span says of a row that was not written.
    private struct NotStored: Error {}

    /// Redis need not be there.
    private func writeRow(_ job: NewJob) async -> HTTPResponse {
        guard let outbox = desk.outbox else { return HTTPResponse.problem(.serviceUnavailable) }
        do {
            return EnqueueReport(durable: try await outbox.enqueue(job)).response
        } catch let error as KeyStandsForAnother {
            return Refusal.invalid(error.description).answer
        } catch let error as PostgresError {
            return Refusal(error).answer
        } catch {
            return .problem(.internalServerError)
        }
    }

    /// One span for all of them, which all go on from.
    private func enqueueAll(
        _ specifications: [Result<JobSpecification, Refusal>], _ request: HTTPRequest
    ) async -> HTTPResponse {
        let span = desk.span(for: request)
        let field = span?.field ?? request.trace?.field
        let traced = specifications.map { specification in
            specification.map { specification in
                var specification = specification
                specification.job.traceparent = field
                return specification
            }
        }
        let response = await BulkEnqueue(desk: desk).response(to: traced)
        span?.end(
            in: nil, jobs: specifications.count, requestID: request.id,
            error: response.status.code >= 400 ? NotStored() : nil)
        return response
    }

    // MARK: One job

    private func show(_ request: HTTPRequest) async throws -> HTTPResponse {
        let id = try desk.id(request.parameters["id"])
        try await wait(for: id, atMost: request.query["wait"])
        guard let job = try await desk.queue(id.queue).describe(id) else {
            throw Refusal.unknown("There is no such job: it has ended and was not tracked, or there never was one.")
        }
        guard try request.isOpening() else { return .json(JobReport(job)) }
        return try await desk.audit.record("job.open", AuditTarget(jobs: ["\(id)"]), by: request) {
            .json(JobReport(job.revealed(by: desk.vault)))
        }
    }

    private func wait(for id: JobID, atMost text: String?) async throws {
        guard let text else { return }
        guard let time = try? DurationText.parse(text) else {
            throw Refusal.malformed("wait must be a duration such as 10s.")
        }
        let end = MonotonicTime.now + min(time, Self.longestWait)
        while MonotonicTime.now < end, try await desk.queue(id.queue).status(of: id)?.hasEnded == false {
            await desk.loop.sleep(for: Self.lookEvery)
            try Task.checkCancellation()
        }
    }

    private func cancel(_ request: HTTPRequest) async throws -> HTTPResponse {
        let id = try desk.id(request.parameters["id"])
        let cancellation = try await desk.audit.record("job.cancel", AuditTarget(jobs: ["\(id)"]), by: request) {
            try await desk.queue(id.queue).cancel(id)
        }
        let report = CancelReport(id, cancellation)
        let json = Array(JSONText.of(report).utf8)
        switch report.result {
        case "cancelled": return .json(.ok, json)
        case "cancelling": return .json(.accepted, json)
        case "unknown": throw Refusal.unknown("There is no such job.")
        default: return .json(.conflict, json)
        }
    }
}
