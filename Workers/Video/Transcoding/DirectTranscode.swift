import FoundationEssentials
import Jobs
import Logging
import MediaSandbox

/// Encodes a video on one machine and in one go.
struct DirectTranscode: Sendable {
    /// Of the whole job, which shares of its progress end here.
    private enum Share {
        static let measured = 0.12
        static let encoded = 0.88
    }

    let place: Workplace
    let source: SourceFile

    /// - Returns: the plan, with what was measured of the sound.
    func encode(_ plan: EncodingPlan) async throws -> EncodingPlan {
        var plan = plan
        plan.loudness = try await place.tools.loudness(of: .upload(plan.facts), lasting: plan.facts.duration)
        await place.context.report(progress: Share.measured)
        try await encodePictures(plan)
        return plan
    }

    private func encodePictures(_ plan: EncodingPlan) async throws {
        try DiskSpace.require(plan.outputBytes(sourceBytes: source.bytes), in: place.folder.path)
        let context = place.context
        let progress = EncodingProgress(plan, from: Share.measured, to: Share.encoded)
        let reports = AsyncStream<EncodingProgress.Estimate>.makeStream(bufferingPolicy: .bufferingNewest(1))
        // The encoder speaks on the loop's thread, which must not wait for Redis; what is old by then is not said.
        async let told: Void = {
            for await now in reports.stream { await context.report(progress: now.share, remaining: now.left) }
        }()
        do {
            try await place.tools.encode(plan, sourceBytes: source.bytes) { report in
                if let estimate = progress.estimate(report) { reports.continuation.yield(estimate) }
                if let line = progress.line(report) { context.logger.info("\(line)") }
            }
            reports.continuation.finish()
            await told
        } catch {
            reports.continuation.finish()
            throw error
        }
    }
}
