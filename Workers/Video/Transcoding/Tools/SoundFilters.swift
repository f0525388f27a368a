import AdaptiveStreaming

/// What is done to sound before it is measured, and before it is encoded: the same, or the measure would be of another.
enum SoundFilters {
    /// Whatever it was, two channels from the video's first moment on, without gaps.
    static let stereo =
        "aresample=48000:async=1:first_pts=0,aformat=sample_fmts=fltp:channel_layouts=stereo"

    /// From a stream of the input to `[a]`, as loud as all else.
    static func graph(from stream: Int, gain: Double) -> String {
        var chain = stereo
        if gain != 0 { chain += ",volume=\(MediaPlaylist.decibels(gain)),alimiter=limit=0.84:level=disabled" }
        return "[0:\(stream)]\(chain),aresample=48000[a]"
    }
}
