import AdaptiveStreaming
import FoundationEssentials
import Jobs
import Logging
import MediaProbe
import MediaSandbox
import Storage

/// A video from its upload to what is published, on one machine and in one go.
struct DirectTranscode: Sendable {
    /// Of the whole job, which shares of its progress end here.
    private enum Share {
        static let fetched = 0.04
        static let measured = 0.12
        static let encoded = 0.88
        static let verified = 0.92
    }

    let request: TranscodeRequest
    let rules: TranscodingRules
    let storage: any ObjectStorage
    let folder: JobFolder
    let tools: MediaTools
    let context: JobContext

    func run() async throws -> TranscodedVideo {
        let source = try await SourceFile.fetch(request.source, from: storage, into: folder, rules)
        let sourceCaptions = try await SourceCaptions.fetch(request, from: storage, into: folder)
        let fingerprint = try Fingerprint(source, sourceCaptions, request, rules).text
        let publisher = Publisher(request: request, storage: storage, folder: folder, context: context)
        if let video = try await publisher.published(fingerprint) {
            context.logger.info("The video is published already: \(video.master)")
            return video
        }
        await context.report(progress: Share.fetched)
        let plan = try await plan(for: source)
        await context.report(progress: Share.measured)
        try await encode(plan, source)
        let captions = try await CaptionMaker(tools: tools).make(sourceCaptions, plan.facts)
        let package = try await Verification(plan: plan, folder: folder, tools: tools).package(captions)
        await context.report(progress: Share.verified)
        let seal = try await SegmentSeal.for(request.encryption, in: storage, context)
        let finished = try StreamWriter(plan: plan, folder: folder, seal: seal).write(package)
        return try await publisher.publish(finished, fingerprint: fingerprint) { share in
            await context.report(progress: Share.verified + (1 - Share.verified) * share)
        }
    }

    private func plan(for source: SourceFile) async throws -> EncodingPlan {
        let facts = try await tools.probe(source.container)
        if let duration = facts.duration, .seconds(duration) > rules.maxDuration {
            throw UnusableMedia(
                "The video lasts \(Int(duration)) seconds, longer than workers.video.maxDuration; cut it, or allow more."
            )
        }
        var plan = EncodingPlan(facts, rules)
        plan.loudness = try await tools.loudness(facts)
        return plan
    }

    private func encode(_ plan: EncodingPlan, _ source: SourceFile) async throws {
        try DiskSpace.require(plan.outputBytes(sourceBytes: source.bytes), in: folder.path)
        let context = context
        let progress = EncodingProgress(plan, from: Share.measured, to: Share.encoded)
        let reports = AsyncStream<Double>.makeStream(bufferingPolicy: .bufferingNewest(1))
        // The encoder speaks on the loop's thread, which must not wait for Redis; what is old by then is not said.
        async let told: Void = {
            for await share in reports.stream { await context.report(progress: share) }
        }()
        do {
            try await tools.encode(plan, sourceBytes: source.bytes) { report in
                if let share = progress.share(report) { reports.continuation.yield(share) }
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
