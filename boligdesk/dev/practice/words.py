"""What people in the practice office write. Facts and assessment apart; the person is never labelled."""

from __future__ import annotations

NOTES = (
    (
        "samtale",
        "Ringte og spurte hvor langt vi har kommet. Fikk vite at vi venter på dokumentasjon på inntekt.",
        "",
    ),
    ("samtale", "Skolen bekrefter plass fra januar. Barna kan begynne når adressen er klar.", ""),
    (
        "mote",
        "Møte på kontoret. Søkeren fortalte om seks visninger siden august uten tilbud.",
        "Har gjort mye selv.",
    ),
    ("notat", "Gikk gjennom søknaden. Leieavtalen mangler.", ""),
    ("epost", "Fikk kopi av oppsigelsen på e-post. Må flytte innen 15. desember.", ""),
    ("samtale", "Huseieren bekrefter at leieforholdet er sagt opp fordi huset skal selges.", ""),
    (
        "mote",
        "Samtale med helsesykepleier og søker om behov for bolig uten trapper.",
        "Trapper er hinderet, ikke størrelsen.",
    ),
    ("notat", "Lønnsslipper for tre måneder er mottatt og lagt på saken.", ""),
)
WHAT_IT_TAKES = (
    "En bolig med tre soverom nær skolen, og hjelp til å få strømavtale.",
    "Heis eller første etasje. Noen å ringe den første tiden.",
    "En rolig oppgang og fast dag for boveileder.",
    "Bolig før barnet kommer i januar.",
    "Kort vei til arbeid, og leie som lønnen rekker til.",
)
ATTEMPTS = (
    "Seks visninger siden august. Lagt ved svar fra fire utleiere.",
    "Har søkt på Finn hver uke siden mai.",
    "Har spurt arbeidsgiver og familie.",
    "Har vært på tre visninger med boveileder.",
)
VISITS = (
    (
        "Postkassen var full. Vi åpnet tre brev sammen.",
        "Vil gjerne ha hjelp til å forstå fakturaene.",
        "Fast trekk vil gi ro.",
        "Ringe banken om fast trekk.",
    ),
    (
        "Det var ryddig på kjøkkenet. Røykvarsleren var tatt ned.",
        "Den pep om natta.",
        "Trenger nytt batteri, ikke en samtale om brann.",
        "Ta med batteri neste gang.",
    ),
    (
        "Naboen kom ut da vi sto i gangen. Praten var vennlig.",
        "Synes oppgangen er bedre nå.",
        "",
        "Ny prat om to uker.",
    ),
    (
        "Strømregningen er betalt. Vinduet på soverommet går ikke igjen.",
        "Fryser om natta.",
        "Vinduet må meldes.",
        "Melde vinduet til eiendom.",
    ),
    (
        "Laget ukeplan for klesvask og søppel.",
        "Vil prøve selv til neste besøk.",
        "God framgang.",
        "Se på planen sammen.",
    ),
)
AREAS = (("okonomi",), ("trygghet", "vedlikehold"), ("naboer",), ("okonomi", "vedlikehold"), ("botrening",))

CLOSED = {
    "innvilget": "Vedtaket er sendt, og klagefristen er ute.",
    "avslag": "Vedtaket er sendt, og klagefristen er ute.",
    "avvist": "Søkeren bor i en annen kommune og har ikke tilknytning hit.",
    "trukket": "Søkeren har funnet bolig selv.",
    "oversendt": "Gjelder en annen kommune. Oversendt dit.",
}
