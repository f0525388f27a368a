import AdaptiveStreaming
import MediaProbe

/// The arguments of an ffmpeg that encodes one chunk: all renditions, as streams of one file.
struct ChunkCommand: Sendable {
    let plan: EncodingPlan
    let chunk: Chunk
    let preset: String
    let threads: Int

    /// Behind the input.
    func arguments(_ input: MediaInput, to file: String) -> [String] {
        let encoder = PictureEncoder(plan: plan, preset: preset, threads: threads)
        let graph = PictureFilters(plan: plan, stream: input.picture, chunk: chunk).graph().joined(separator: ";")
        let streams = plan.ladder.rungs.enumerated().flatMap { number, rung in
            ["-map", "[v\(number)]"] + encoder.arguments(rung, stream: number)
        }
        return ["-filter_complex_threads", String(threads), "-filter_complex", graph] + streams
            // Its frames come one after another from zero on, and nothing is said of it that joining would have to undo.
            + ["-use_editlist", "0", "-f", "mp4", "file:\(file)"]
    }
}
