# SPDX-License-Identifier: EUPL-1.2
"""Roads from receipt to closing, for every protocol: together they take every option of every step."""

_A = "acknowledge A01 declare A02 "
_A_TO_INVESTIGATE = "A03=feitenonderzoek A05 A06=feitenonderzoek_intern "
_A_REPORT = "A09=intern A10=geinformeerd A11 A12=uitgenodigd A12=gehoord A12r=afgerond "
_A_REPORT += "A13=concept_verzonden A13=afgerond A14 "
_A_END = " feedback A19=contact_gehad A19=afgerond A20 A21 A22=vernietigd"

A_ROADS = {
    "dismissed": _A + "A03=niet_in_behandeling A05 A06=sepot A10=uitzondering feedback A19=niet_nodig A20 A21 "
    "A22=overgebracht",
    "referred after questions": _A + "A03=nadere_vragen A04=beantwoord A03=nadere_vragen A04=geen_reactie "
    "A03=doorverwijzen A05 A06=doorverwijzen+betrokkene_weet_ervan A10=geinformeerd A18" + _A_END,
    "settled in the line": _A + "A03=afdoening_in_lijn A05 A06=lijn A10=geen_betrokkene" + _A_END,
    "stopped after a preliminary inquiry": _A + "A03=vooronderzoek A05 A06=vooronderzoek A07=sepot A06=sepot "
    "A10=uitzondering" + _A_END,
    "a talk after a preliminary inquiry": _A + "A03=vooronderzoek A05 A06=vooronderzoek A07=gesprek A06=lijn "
    "A10=geinformeerd" + _A_END,
    "to the police at once": _A + "A03=aangifte+strafbaar_feit A05 A06=aangifte A10=uitzondering A16=aangifte" + _A_END,
    "to the police after a preliminary inquiry": _A + "A03=vooronderzoek A05 A06=vooronderzoek "
    "A07=aangifte+strafbaar_feit A06=aangifte A10=uitgesteld A10=geinformeerd A16=geen_aangifte" + _A_END,
    "investigated after a preliminary inquiry": _A + "A03=vooronderzoek A05 A06=vooronderzoek A07=feitenonderzoek "
    "A06=feitenonderzoek_intern " + _A_REPORT + "A15=gegrond A16=niet_van_toepassing A18" + _A_END,
    "measures meanwhile": _A + "A03=feitenonderzoek A05 A08=geen A06=feitenonderzoek_extern A08=veiligstellen "
    "A09=extern A08=toegang_beperken A10=uitgesteld A11 A08=andere_werkzaamheden A12=gehoord "
    "A08=vrijstelling_of_schorsing A12r=meer_horen A12=gehoord A12r=meer_onderzoek A11 A12=gehoord A12r=afgerond "
    "A08=beeindigd A10=geinformeerd A13=geen_wederhoor A14 A15=deels_gegrond A16=aangifte A18" + _A_END,
    "unfounded": _A + _A_TO_INVESTIGATE + _A_REPORT + "A15=ongegrond A16=niet_van_toepassing A18" + _A_END,
    "undecided": _A + _A_TO_INVESTIGATE + _A_REPORT + "A15=niet_vast_te_stellen A16=geen_aangifte A18" + _A_END,
    "to protocol B": _A + "A02x=politieke_ambtsdrager feedback A19=niet_nodig A20 A21 A22=vernietigd",
    "to protocol C": _A + "A02x=klacht_ongewenst_gedrag feedback A19=niet_nodig A20 A21 A22=vernietigd",
    "elsewhere": _A
    + "A02x=externe_instantie+aangifte_open A10=uitzondering A16=aangifte feedback A19=niet_nodig "
    + "A20 A21 A22=vernietigd",
}

_B = "acknowledge B01 declare B02=burgemeester_regisseur B02k=geinformeerd "
_B_FOUND = "B07=extern B08b B08h=uitgenodigd B08h=gehoord B08v=afgerond B08=afgerond "
_B_REPORT = "B03=feitenonderzoek B06=feitenonderzoek " + _B_FOUND + "B09=concept_verzonden B09=afgerond B10 "
_B_END = " feedback B16=contact_gehad B16=afgerond B16e B17"

B_ROADS = {
    "no suspicion": _B + "B03=geen_vermoeden feedback B16=niet_nodig B17",
    "a talk, and then no more": "acknowledge B01 declare B02=burgemeester_en_college B02k=uitzondering B03=normgesprek "
    "B04=opnieuw_wegen B03=normgesprek B04=vooronderzoek B05 B06=sepot" + _B_END,
    "a talk after a preliminary inquiry": "acknowledge B01 declare B02=loco_en_cdk B02k=uitgesteld B02k=geinformeerd "
    "B03=vooronderzoek B05+strafbaar_feit B14=niet_van_toepassing B06=normgesprek B04=afgerond" + _B_END,
    "to the police at once": "acknowledge B01 declare B02=werkgeverscommissie B02k=geen_betrokkene "
    "B03=aangifte+strafbaar_feit B14=aangifte" + _B_END,
    "to the police after a preliminary inquiry": _B + "B03=vooronderzoek B05 B06=aangifte B14=geen_aangifte" + _B_END,
    "a breach": _B + "B03=feitenonderzoek B06=feitenonderzoek B07=intern B08b B08h=gehoord B08v=meer_horen "
    "B08h=gehoord B08v=afgerond B08=verlengd B08=afgerond B09=geen_wederhoor B10+strafbaar_feit B11=schending "
    "B12=openbaar B13 B14=aangifte" + _B_END,
    "a breach in part": _B + _B_REPORT + "B11=deels_schending B12=besloten_met_geheimhouding B13 "
    "B14=niet_van_toepassing" + _B_END,
    "no breach": _B + _B_REPORT + "B11=geen_schending B12=alleen_conclusie B13" + _B_END,
    "undecided": _B + _B_REPORT + "B11=niet_vast_te_stellen B12=niet_aanbieden" + _B_END,
    "to protocol A": _B + "B03=doorverwijzen B02x=ambtenaar feedback B16=niet_nodig B17",
    "to protocol C": _B + "B02x=klacht_ongewenst_gedrag feedback B16=niet_nodig B17",
    "elsewhere": _B + "B02x=externe_instantie+aangifte_open B14=aangifte feedback B16=niet_nodig B17",
}

_C = "declare C00=ondertekende_klacht acknowledge C01 C04k=geinformeerd "
_C_HEARD = "C03=ontvankelijk C04 C05=verweer C06=uitgenodigd C06=gehoord C07=afgerond C08 "
_C_END = " feedback C11n=contact_gehad C11n=afgerond C12"

C_ROADS = {
    "founded": _C + _C_HEARD + "C09=gegrond C11" + _C_END,
    "founded in part, and adjourned": _C + "C03=ontvankelijk C04 C05=geen_verweer "
    "C06=gehoord C07=meer_horen C06=gehoord C07=afgerond C09v C09w C08+strafbaar_feit C03a=niet_van_toepassing "
    "C09=deels_gegrond C11" + _C_END,
    "unfounded, without a hearing": _C
    + "C03=ontvankelijk C04 C05=verweer C06=niet_gehoord C08 C09=ongegrond C11"
    + _C_END,
    "undecided": _C + _C_HEARD + "C09=niet_vast_te_stellen C11" + _C_END,
    "not treated": _C + "C03=niet_in_behandeling+kennisgeving:volgt+aangifte_open C03a=geen_aangifte C10 feedback "
    "C04k=uitzondering C11n=niet_nodig C12",
    "resolved": _C + "C02=niet_gelukt C02=opgelost+aangifte_open+kennisgeving:volgt feedback C04k=uitgesteld "
    "C04k=geen_betrokkene C03a=aangifte C11n=niet_nodig C12",
    "taken back": _C + "C02=ingetrokken+kennisgeving:geinformeerd feedback C11n=niet_nodig C12",
    "a signal that stays anonymous": "declare acknowledge C00=anoniem_of_niet_ondertekend+strafbaar_feit "
    "C03a=aangifte C04k=uitzondering C0S=blijft_anoniem feedback C11n=niet_nodig C12",
    "a signal with advice": "declare acknowledge C00=anoniem_of_niet_ondertekend C04k=uitzondering "
    "C0S=advies_en_steun" + _C_END,
    "a pattern": "declare acknowledge C00=anoniem_of_niet_ondertekend C0S=patroonsignaal" + _C_END,
    "a signal that became a complaint": "declare acknowledge C00=anoniem_of_niet_ondertekend "
    "C0S=klager_maakt_zich_bekend C00=ondertekende_klacht C01 C04k=geinformeerd "
    + _C_HEARD
    + "C09=gegrond C11"
    + _C_END,
}

_D = "acknowledge D01 D02=vastgelegd declare D03 "
_D_REPORT = "D04=onderzoek D06=intern D07=geinformeerd D08 D09=uitgenodigd D09=gehoord D09v=afgerond "
_D_REPORT += "D10=concept_verzonden D10=afgerond D11 D12=eindrapport D13 "
_D_END = " feedback D17=contact_gehad D17=afgerond D18=later_weer D18=afgerond D19"

D_ROADS = {
    "not treated, after questions": _D + "D04=nadere_vragen D05=beantwoord D04=nadere_vragen D05=geen_reactie "
    "D04=niet_in_behandeling D07=uitzondering feedback D17=niet_nodig D19",
    "to the police at once": _D + "D04=aangifte+strafbaar_feit D16=aangifte D07=uitgesteld D07=geinformeerd feedback "
    "D17=afgerond D19",
    "founded": _D + _D_REPORT + "D14=gegrond D16=geen_aangifte" + _D_END,
    "founded in part": "acknowledge D01 D02=als_in_dossier declare D03 D04=onderzoek D06=extern D07=geen_betrokkene "
    "D08 D09=gehoord D09v=meer_horen D09=gehoord D09v=meer_onderzoek D08 D09=gehoord D09v=afgerond D10=geen_wederhoor "
    "D11+strafbaar_feit D12=als_in_dossier D14=deels_gegrond D16=niet_van_toepassing feedback D17=niet_nodig "
    "D18=als_in_dossier D19",
    "unfounded": _D + _D_REPORT + "D14=ongegrond feedback D17=afgerond D18=niet_nodig D19",
    "undecided": _D + _D_REPORT + "D14=niet_vast_te_stellen" + _D_END,
    "to protocol A": _D + "D04=doorverwijzen D03x=ambtenaar feedback D17=niet_nodig D19",
    "to protocol B": _D + "D03x=politieke_ambtsdrager feedback D17=niet_nodig D19",
    "to protocol C": _D + "D03x=klacht_ongewenst_gedrag feedback D17=niet_nodig D19",
    "elsewhere": _D + "D03x=externe_instantie+aangifte_open D07=uitzondering D16=aangifte feedback D17=niet_nodig D19",
}

ROADS = {
    "A_ambtenaren": A_ROADS,
    "B_politieke_ambtsdragers": B_ROADS,
    "C_klacht_ongewenst_gedrag": C_ROADS,
    "D_tijdelijke_commissie": D_ROADS,
}
"""By the protocol's id, and then by what becomes of the case."""
