import MediaProbe
import MediaSandbox

/// Captions as WebVTT: those that lie beside the video, and those within it.
struct CaptionMaker {
    let tools: MediaTools

    func make(_ captions: [SourceCaptions], _ facts: MediaFacts) async throws -> [CaptionTrack] {
        var tracks: [CaptionTrack] = []
        for one in captions { tracks.append(try await besides(one, tracks.count)) }
        return tracks + (await within(facts, after: tracks.count))
    }

    private func besides(_ captions: SourceCaptions, _ number: Int) async throws -> CaptionTrack {
        let file = "captions-\(number).vtt"
        do {
            try await tools.convert(captions: captions.file, captions.format, to: file)
        } catch let failure as SandboxFailure where !failure.isTransient {
            throw UnusableMedia(
                "The captions \(captions.key) are neither SubRip nor WebVTT. \(failure.errors.lastLine)")
        }
        return CaptionTrack(file: file, language: captions.language, name: captions.name)
    }

    /// A video with subtitles that cannot be read is better than none.
    private func within(_ facts: MediaFacts, after count: Int) async -> [CaptionTrack] {
        let subtitles = facts.subtitles.prefix(max(0, TranscodeRequest.maxCaptions - count)).enumerated()
            .map { (index: $1.index, language: $1.language, file: "captions-\(count + $0).vtt") }
        guard !subtitles.isEmpty else { return [] }
        do {
            try await tools.extract(subtitles.map { ($0.index, $0.file) }, from: facts)
        } catch {
            tools.context.logger.warning("The subtitles within the video are left out: \(error)")
            return []
        }
        return subtitles.map { CaptionTrack(file: $0.file, language: $0.language, name: nil) }
    }
}
