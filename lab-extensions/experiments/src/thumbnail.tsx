import { useEffect, useRef, useState } from 'react';

/** A dataset's small picture, asked for once it comes into sight. */
export function Thumbnail({
  load,
  dataset,
}: {
  load: (dataset: string) => Promise<Blob | null>;
  dataset: string;
}) {
  const [url, setUrl] = useState<string | null>(null);
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let gone = false;
    let shown: string | null = null;
    const show = async () => {
      const blob = await load(dataset);
      if (blob && !gone) {
        shown = URL.createObjectURL(blob);
        setUrl(shown);
      }
    };
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) {
        observer.disconnect();
        void show();
      }
    });
    if (place.current) {
      observer.observe(place.current);
    }
    return () => {
      gone = true;
      observer.disconnect();
      if (shown !== null) {
        URL.revokeObjectURL(shown);
      }
    };
  }, [dataset]);
  return (
    <span ref={place} className="bt-Thumbnail">
      {/* The dataset's name stands beside it. */}
      {url !== null && <img src={url} alt="" />}
    </span>
  );
}
