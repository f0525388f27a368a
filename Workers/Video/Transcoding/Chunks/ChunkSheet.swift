/// All that the workers of a long video must know of it.
struct ChunkSheet: Sendable, Codable, Equatable {
    let fingerprint: String
    let plan: EncodingPlan
    let layout: ChunkLayout
    let captions: [CaptionTrack]
    /// Of the upload.
    let sourceBytes: Int

    var parts: [ChunkFolder.Part] {
        layout.numbers.map { .pictures($0) } + (plan.facts.audio == nil ? [] : [.sound])
    }
}
