/// Captions that are there, as WebVTT.
struct CaptionTrack: Sendable, Codable, Equatable {
    /// In the folder of what was written.
    let file: String
    let language: String?
    let name: String?
}
