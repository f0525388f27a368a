import Storage

/// What the job leaves behind, plain values for people and programs: the whole list of files is in `video.json`.
struct TranscodeResult: Encodable {
    /// Keys in the storage.
    let master: String
    let progressive: String?
    let poster: String
    let storyboard: String
    /// In seconds.
    let duration: Double
    /// `1280x720, 854x480`.
    let renditions: String
    /// How many.
    let captions: Int
    /// Where a person finds the master playlist.
    let place: String

    init(_ video: TranscodedVideo, in storage: any ObjectStorage) {
        (master, progressive, poster) = (video.master, video.progressive, video.poster)
        (storyboard, captions) = (video.storyboard, video.captions.count)
        duration = (video.duration * 1000).rounded() / 1000
        renditions = video.renditions.map { "\($0.width)x\($0.height)" }.joined(separator: ", ")
        place = StorageKey(video.master).map(storage.place) ?? video.master
    }
}
