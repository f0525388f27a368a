import AdaptiveStreaming
import MediaProbe

/// The arguments of an ffmpeg that puts encoded chunks and the sound together: it copies, and so takes no time to speak of.
struct JoinCommand: Sendable {
    static let listFile = "chunks.ffconcat"
    static let soundFile = "sound.mp4"

    static func chunkFile(_ number: Int) -> String { "chunk\(number).mp4" }

    let plan: EncodingPlan

    var folders: [String] { PackageOutputs(plan: plan).folders + [StoryboardFilters.folder] }

    var arguments: [String] {
        let files = ["-protocol_whitelist", "file", "-format_whitelist", "concat,mov"]
        let sound =
            plan.facts.audio == nil
            ? [] : files + ["-f", "mov", "-i", "file:../in/\(Self.soundFile)"]
        return files + ["-f", "concat", "-i", "file:../in/\(Self.listFile)"] + sound
            + PackageOutputs(plan: plan).arguments(
                sound: plan.facts.audio == nil ? nil : .init(map: "1:0", codec: ["-c:a", "copy"])
            ) { number, _ in .init(map: "0:\(number)", codec: ["-c:v", "copy"]) }
    }

    /// What ffmpeg reads one after another. The chunks' lengths are such that their sums are rounded, and not they.
    static func list(_ layout: ChunkLayout) -> String {
        let lines = layout.numbers.map { number in
            let chunk = layout.chunk(number)
            let length = chunk.end.map { "duration \(MediaPlaylist.decimal(rounded($0) - rounded(chunk.start)))\n" }
            return "file \(chunkFile(number))\n\(length ?? "")"
        }
        return "ffconcat version 1.0\n" + lines.joined()
    }

    private static func rounded(_ seconds: Double) -> Double { (seconds * 1_000_000).rounded() / 1_000_000 }
}
