import Jobs
import PostgresClient
import Storage
import VideoRecord

/// Keeps the row of a video while its job runs, and tells the platform how it ended.
///
/// A job begins as often as it is delivered, retried or comes back from a snooze; its row follows. While the database is away
/// it waits, before it encodes or after it has published: then the next run finds the video made.
struct VideoCall: Sendable {
    /// Nil where no database is configured: then nothing is kept, and nobody told.
    let record: VideoRecord?
    let storage: any ObjectStorage
    let follows: VideoFollowUps
    private let outage = Outage()

    init(_ record: VideoRecord?, _ storage: any ObjectStorage, _ follows: VideoFollowUps) {
        (self.record, self.storage, self.follows) = (record, storage, follows)
    }

    func run(
        _ job: TranscodeVideo, _ context: JobContext, _ body: (RecordedAttempt?) async throws -> Outcome
    ) async throws -> Outcome {
        // What makes no sense has no row; the body says why.
        guard let record, let request = try? TranscodeRequest(job) else { return try await body(nil) }
        do {
            let outcome = try await run(job, request, context, record, body)
            outage.end()
            return outcome
        } catch let error as PostgresError where error.isTransient || error.state == .undefinedTable {
            context.logger.warning("The video must wait: \(error)")
            return .snooze(outage.nextWait(at: context.now))
        } catch let error as DestinationTaken {
            return .discard(reason: error.description)
        }
    }

    private func run(
        _ job: TranscodeVideo, _ request: TranscodeRequest, _ context: JobContext, _ record: VideoRecord,
        _ body: (RecordedAttempt?) async throws -> Outcome
    ) async throws -> Outcome {
        let folder = Workplace.folderName(context)
        let key = request.key(folder)
        let beginning = VideoBeginning(
            source: job.source, destination: job.destination, job: context.id.description,
            folder: key.text, event: job.follows?.event ?? follows.event ?? false)
        guard let claim = try await record.begin(beginning) else { throw DestinationTaken() }
        let run = RecordedRun(record: record, claim: claim, request: request, storage: storage, context: context)
        let attempt = RecordedAttempt(record: record, claim: claim, context: context, folder: folder)
        let outcome: Outcome
        do {
            outcome = try await body(attempt)
        } catch {
            await attempt.forgetUnlessWritten(key)
            return try await run.end(with: error)
        }
        await attempt.forgetUnlessWritten(key)
        return try await run.end(with: outcome)
    }
}
