import AdaptiveStreaming
import MediaProbe

/// The arguments of the one ffmpeg that decodes a video once and encodes all it becomes.
struct EncodeCommand: Sendable {
    let plan: EncodingPlan
    let preset: String
    let threads: Int

    /// What must be there before it starts.
    var folders: [String] { PackageOutputs(plan: plan).folders + [StoryboardFilters.folder] }

    /// Behind the input.
    var arguments: [String] {
        let encoder = PictureEncoder(plan: plan, preset: preset, threads: threads)
        let sound = plan.facts.audio == nil ? nil : PackageOutputs.Stream(map: "[a]", codec: SoundEncoder.arguments)
        let storyboard = StoryboardFilters(board: plan.storyboard)
        return ["-filter_complex_threads", String(threads), "-filter_complex", graph(storyboard)]
            + PackageOutputs(plan: plan).arguments(sound: sound) { number, rung in
                PackageOutputs.Stream(map: "[v\(number)]", codec: encoder.arguments(rung))
            } + ["-map", "[storyboard]"] + storyboard.output
    }

    private func graph(_ storyboard: StoryboardFilters) -> String {
        let (pictures, isStill) = (PictureFilters(plan: plan, stream: plan.facts.video.index), plan.facts.video.isStill)
        var parts = pictures.graph(besides: isStill ? nil : "pictures")
        if isStill { parts.append(pictures.still(every: plan.storyboard.interval, to: "pictures")) }
        parts.append("[pictures]\(storyboard.chain(tolerance: 0.001))[storyboard]")
        if let audio = plan.facts.audio { parts.append(SoundFilters.graph(from: audio.index, gain: plan.gain)) }
        return parts.joined(separator: ";")
    }
}
