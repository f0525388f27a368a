/// Captions that are there, as WebVTT.
struct CaptionTrack: Sendable {
    /// In the folder of what was written.
    let file: String
    let language: String?
    let name: String?
}
