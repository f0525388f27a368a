internal import HTTPServer
internal import JobQueue
internal import Jobs
internal import Outbox
internal import PostgresClient
internal import RedisClient

/// Many jobs of one request. Each has an answer of its own, in the order of the request.
struct BulkEnqueue {
    private enum Answer {
        case report(EnqueueReport)
        case refusal(Refusal)

        var status: HTTPStatus {
            switch self {
            case .report(let report): report.status
            case .refusal(let refusal): refusal.answer.status
            }
        }

        func appendJSON(to text: inout [UInt8]) {
            switch self {
            case .report(let report): report.appendJSON(to: &text)
            case .refusal(let refusal): text += Array(#"{"error":"#.utf8) + refusal.answer.body + [UInt8(ascii: "}")]
            }
        }
    }

    let desk: JobDesk

    func response(to specifications: [Result<JobSpecification, Refusal>]) async -> HTTPResponse {
        var answers = specifications.map { specification -> Answer? in
            if case .failure(let refusal) = specification { .refusal(refusal) } else { nil }
        }
        var places: [QueueName: [Int]] = [:]
        for (place, specification) in specifications.enumerated() {
            guard case .success(let specification) = specification else { continue }
            if specification.isDurable {
                answers[place] = await writeRow(specification.job)
            } else {
                places[specification.job.queue, default: []].append(place)
            }
        }
        for (queue, places) in places {
            let jobs = places.compactMap { try? specifications[$0].get().job }
            let results = await desk.queue(queue).enqueue(reportingContentsOf: jobs)
            for (place, result) in zip(places, results) { answers[place] = Self.answer(result) }
        }
        return Self.response(answers.compactMap { $0 })
    }

    private func writeRow(_ job: NewJob) async -> Answer {
        do {
            guard let outbox = desk.outbox else { return .refusal(.invalid("This server has no database.")) }
            return .report(EnqueueReport(durable: try await outbox.enqueue(job)))
        } catch let error as KeyStandsForAnother {
            return .refusal(.invalid(error.description))
        } catch let error as PostgresError {
            return .refusal(Refusal(error))
        } catch {
            return .refusal(Refusal(.internalServerError, "The row could not be written."))
        }
    }

    private static func answer(_ result: Result<EnqueueAnswer, RedisError>) -> Answer {
        switch result {
        case .success(let answer): .report(EnqueueReport(answer))
        case .failure(let error): .refusal(Refusal(error))
        }
    }

    /// 202 when all are stored, the status of all when they agree, else 207: then each has to be looked at.
    private static func response(_ answers: [Answer]) -> HTTPResponse {
        let statuses = answers.map(\.status)
        let status = statuses.first.map { first in statuses.allSatisfy { $0 == first } ? first : .multiStatus } ?? .ok
        var json = Array(#"{"jobs":["#.utf8)
        json.reserveCapacity(answers.count * 64)
        for (place, answer) in answers.enumerated() {
            if place > 0 { json.append(UInt8(ascii: ",")) }
            answer.appendJSON(to: &json)
        }
        return .json(status, json + "]}".utf8)
    }
}
