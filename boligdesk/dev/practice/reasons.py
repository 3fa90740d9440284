"""What the practice office writes in assessments and letters: to the applicant, with «du», in both written forms."""

from __future__ import annotations

from typing import Final

#: The letterhead of an office that does not exist.
LETTERHEAD: Final = {
    "kommune": "Øvelse kommune",
    "kontor": "Boligkontoret",
    "adresse": ["Øvelsesgata 1", "9000 Tromsø"],
    "telefon": "68 05 00 00",
    "epost": "boligkontoret@ovelse.example",
    "nett": "www.ovelse.example",
}
#: Reason for a condition that facts cannot show, by its outcome and the applicant's written form.
JUDGED: Final = {
    ("oppfylt", "nb"): "Vi har gått gjennom søknaden og papirene sammen med deg.",
    ("oppfylt", "nn"): "Vi har gått gjennom søknaden og papira saman med deg.",
    ("ikke_oppfylt", "nb"): "Vi har sett på inntekten din og på boligene som er til leie nå.",
    ("ikke_oppfylt", "nn"): "Vi har sett på inntekta di og på bustadene som er til leige no.",
}
CONCLUSIONS: Final = {
    ("innvilgelse", "nb"): (
        (
            "Du må flytte fra boligen du har, og du har lett lenge uten å få en ny. "
            "Vi har lagt mest vekt på at du snart ikke har et sted å bo."
        ),
        (
            "Boligen du bor i, passer ikke lenger. Du har vært på flere visninger uten å få tilbud. "
            "Vi mener at du trenger hjelp fra kommunen for å få en bolig som passer."
        ),
        (
            "Du bor midlertidig hos andre og har ikke råd til depositumet på en privat bolig. "
            "Vi har lagt mest vekt på at du trenger et fast sted å bo."
        ),
    ),
    ("innvilgelse", "nn"): (
        (
            "Du må flytte frå bustaden du har, og du har leita lenge utan å få ein ny. "
            "Vi har lagt mest vekt på at du snart ikkje har ein stad å bu."
        ),
    ),
    ("avslag", "nb"): (
        (
            "Vi forstår at du vil bo nærmere arbeidet. Inntekten din rekker til å leie privat, og det er boliger å få. "
            "Vi har lagt mest vekt på at kommunale boliger er for dem som ikke kan skaffe bolig selv."
        ),
        (
            "Boligen du har, passer for dere, og du kan bo der videre. "
            "Vi har lagt mest vekt på at leieavtalen din gjelder i to år til."
        ),
    ),
    ("avslag", "nn"): (
        (
            "Vi forstår at du vil bu nærare arbeidet. Inntekta di rekk til å leige privat, og det er bustader å få. "
            "Vi har lagt mest vekt på at kommunale bustader er for dei som ikkje kan skaffe bustad sjølve."
        ),
    ),
}
WISHES: Final = {
    "nb": (
        "Du vil helst bo nær skolen og venner.",
        "Du ønsker en rolig oppgang med heis.",
        "Du vil bo i Kroken.",
    ),
    "nn": ("Du vil helst bu nær skulen og vener.",),
}
CHILDREN: Final = {
    "nb": "Barna trenger et trygt og fast sted å bo. De bør få fortsette på skolen og i barnehagen de kjenner.",
    "nn": "Barna treng ein trygg og fast stad å bu. Dei bør få halde fram på skulen og i barnehagen dei kjenner.",
}
OTHER_HELP: Final = {
    "nb": "Du kan søke Husbanken om bostøtte og kommunen om startlån. Vi hjelper deg gjerne med å lete privat.",
    "nn": "Du kan søkje Husbanken om bustøtte og kommunen om startlån. Vi hjelper deg gjerne med å leite privat.",
}
HELP: Final = {
    "nb": (
        "Vi hjelper deg med å finne en bolig og å gå på visning.",
        "Du får en boveileder de tre første månedene.",
    ),
    "nn": (
        "Vi hjelper deg med å finne ein bustad og å gå på visning.",
        "Du får ein burettleiar dei tre første månadene.",
    ),
}
WHY_LATE: Final = {
    "nb": "Vi venter på opplysninger fra andre før vi kan avgjøre søknaden din.",
    "nn": "Vi ventar på opplysningar frå andre før vi kan avgjere søknaden din.",
}
MISSING: Final = {
    "nb": ("Lønnsslipper for de tre siste månedene", "Leieavtalen du har nå"),
    "nn": ("Lønsslippar for dei tre siste månadene", "Leigeavtalen du har no"),
}
WHY_MISSING: Final = {
    "nb": "Vi trenger papirene for å se hva du kan betale i husleie, og når du må flytte.",
    "nn": "Vi treng papira for å sjå kva du kan betale i husleige, og når du må flytte.",
}
VIEWING: Final = {
    "nb": "Du kan se boligen sammen med miljøvaktmesteren. Ring oss, så avtaler vi en tid som passer.",
    "nn": "Du kan sjå bustaden saman med miljøvaktmeisteren. Ring oss, så avtaler vi ei tid som passar.",
}
RETURNED: Final = "Skriv kort hva søkeren selv kan gjøre nå, og nevn bostøtte."
RECALLED: Final = "Husstanden hadde endret seg før brevet ble sendt."
