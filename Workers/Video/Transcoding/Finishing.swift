import Jobs
import MediaSandbox

/// From what the encoders left to what players open, for videos that were made in one go and in chunks alike.
struct Finishing: Sendable {
    /// Of the whole job, which shares of its progress end here.
    private static let verified = 0.92

    let request: TranscodeRequest
    let place: Workplace
    /// Nil where nothing is recorded.
    let attempt: RecordedAttempt?
    let plan: EncodingPlan
    let fingerprint: String

    /// Looks at all of it first.
    func publish(_ captions: [CaptionTrack]) async throws -> TranscodedVideo {
        let package = try await Verification(plan: plan, folder: place.folder, tools: place.tools).package(captions)
        await place.context.report(progress: Self.verified)
        let seal = try await SegmentSeal.for(request.encryption, in: place.storage, place.context)
        let finished = try StreamWriter(plan: plan, folder: place.folder, seal: seal).write(package)
        let publisher = Publisher(request: request, place: place, attempt: attempt)
        return try await publisher.publish(finished, fingerprint: fingerprint) { share in
            await place.context.report(progress: Self.verified + (1 - Self.verified) * share)
        }
    }
}
